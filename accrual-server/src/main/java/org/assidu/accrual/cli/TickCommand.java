package org.assidu.accrual.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.PassDaysRequest;
import org.assidu.proto.v1.PassDaysResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu tick}. */
@Command(
        name = "tick",
        mixinStandardHelpOptions = true,
        description = {
            "Lets days pass up to a given one, each with what is due on it: points expire, members are reminded.",
            "A running server does this by itself at midnight. Needed after a historical import, which leaves the clock",
            "at its last sale, and in tests. No day can be taken back."
        })
final class TickCommand implements Callable<Integer> {
    @Option(names = "--until", required = true, paramLabel = "DATE", description = "The last day to begin, yyyy-mm-dd.")
    private LocalDate until = LocalDate.EPOCH;

    @Option(names = "--beyond-today", description = "Accept a day that has not come yet.")
    private boolean beyondToday;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        int day = until.getYear() * 10_000 + until.getMonthValue() * 100 + until.getDayOfMonth();
        try (Connection connection = server.connect()) {
            PassDaysResponse passed = AdminServiceGrpc.newBlockingStub(connection.channel())
                    .passDays(PassDaysRequest.newBuilder()
                            .setUntilDay(day)
                            .setBeyondToday(beyondToday)
                            .build());
            if (output.json()) {
                output.json(passed);
            } else {
                output.line(String.format(
                        "it is %04d-%02d-%02d for members; since the server started %,d days have begun and %,d members were"
                                + " brought up to date",
                        passed.getDay() / 10_000,
                        passed.getDay() / 100 % 100,
                        passed.getDay() % 100,
                        passed.getTicks(),
                        passed.getSettlements()));
            }
            return Assidu.OK;
        }
    }
}
