package org.assidu.accrual.cli;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assidu.accrual.document.ProgrammeCheck;
import org.assidu.accrual.document.ProgrammeEdit;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.proto.v1.DiffProgrammesRequest;
import org.assidu.proto.v1.GetProgrammeRequest;
import org.assidu.proto.v1.ProgrammeServiceGrpc.ProgrammeServiceBlockingStub;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.PublishProgrammeResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu programme close}. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = "Publish the newest version with a last day to earn and a last day to use what was earned.")
final class ProgrammeCloseCommand implements Callable<Integer> {
    private static final String CLOSING = "the closing version";

    @Option(names = "--last-earn", paramLabel = "DAY", required = true, description = "Last day on which members earn.")
    private LocalDate lastEarn = LocalDate.EPOCH;

    @Option(
            names = "--last-burn",
            paramLabel = "DAY",
            required = true,
            description = "Last day on which they can use what they earned.")
    private LocalDate lastBurn = LocalDate.EPOCH;

    @Option(
            names = "--effective-from",
            paramLabel = "DAY",
            description = "First day of the version; without it the first that the programme's notice allows.")
    private @Nullable LocalDate effectiveFrom;

    @Option(names = "--dry-run", description = "Say what would change, and publish nothing.")
    private boolean dryRun;

    @Option(names = "--lang", defaultValue = "en", description = "en or fr (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        try (Connection connection = server.connect()) {
            ProgrammeServiceBlockingStub programmes = ProgrammeCommand.programmes(connection);
            String text = programmes
                    .getProgramme(GetProgrammeRequest.getDefaultInstance())
                    .getDocument()
                    .getText();
            ProgrammeDocument newest = ProgrammeParser.parse(text).document();
            if (newest == null) {
                throw new IllegalStateException("the newest published programme cannot be read by this version of the"
                        + " command; use the one that came with the server");
            }
            String closingText = ProgrammeEdit.set(text, values(newest));
            List<Problem> problems = ProgrammeCheck.problemsOf(closingText);
            if (!problems.isEmpty()) {
                return ProgrammeCommand.print(output, CLOSING, problems);
            }
            org.assidu.proto.v1.ProgrammeDocument closing = org.assidu.proto.v1.ProgrammeDocument.newBuilder()
                    .setText(closingText)
                    .build();
            DiffProgrammesRequest difference = DiffProgrammesRequest.newBuilder()
                    .setOldVersion(0)
                    .setNextDocument(closing)
                    .setLanguage(language)
                    .build();
            String changes = programmes.diffProgrammes(difference).getText();
            if (dryRun) {
                output.out().print(changes);
                output.out().flush();
                return Assidu.OK;
            }
            return publish(programmes, closing, changes);
        }
    }

    private Map<String, String> values(ProgrammeDocument newest) {
        LocalDate first = effectiveFrom;
        if (first == null) {
            first = LocalDate.now(ZoneId.of(newest.timeZone()))
                    .plusDays(newest.mechanics().noticeDays());
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("effective_from", first.toString());
        values.put("last_earn_day", lastEarn.toString());
        values.put("last_burn_day", lastBurn.toString());
        return values;
    }

    private int publish(
            ProgrammeServiceBlockingStub programmes, org.assidu.proto.v1.ProgrammeDocument closing, String changes) {
        PublishProgrammeResponse answer = programmes.publishProgramme(
                PublishProgrammeRequest.newBuilder().setDocument(closing).build());
        if (output.json()) {
            output.json(answer);
            return answer.getProblemsCount() == 0 ? Assidu.OK : Assidu.FAILED;
        }
        if (answer.getProblemsCount() > 0) {
            return ProgrammeCommand.print(output, CLOSING, ProgrammeCommand.problems(answer.getProblemsList()));
        }
        output.line("published " + ProgrammeCommand.describe(answer.getPublished()));
        output.out().print(changes);
        output.out().flush();
        return Assidu.OK;
    }
}
