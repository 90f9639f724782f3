package org.assidu.accrual.cli;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.CodePurpose;
import org.assidu.proto.v1.GetCodeRequest;
import org.assidu.proto.v1.GetCodeResponse;
import org.assidu.proto.v1.IssueCodeRequest;
import org.assidu.proto.v1.IssueCodeResponse;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.RedeemCodeRequest;
import org.assidu.proto.v1.RedeemCodeResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assidu code …}. */
@Command(
        name = "code",
        mixinStandardHelpOptions = true,
        description = "Vouchers and gift cards: issue, show, redeem.",
        subcommands = {CodeCommand.Issue.class, CodeCommand.Show.class, CodeCommand.Redeem.class})
final class CodeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    CodeCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu code issue}. */
    @Command(name = "issue", mixinStandardHelpOptions = true, description = "Issue a gift card and print its code.")
    static final class Issue implements Callable<Integer> {
        /** When its tax is due. */
        enum Purpose {
            SINGLE,
            MULTI
        }

        @Option(
                names = "--value",
                paramLabel = "MINOR",
                required = true,
                description = "Minor units, such as 2500 for 25.00 EUR.")
        private long valueMinor;

        @Option(
                names = "--purpose",
                defaultValue = "MULTI",
                description = "${COMPLETION-CANDIDATES}: taxed when issued, or when used (default: ${DEFAULT-VALUE}).")
        private Purpose purpose = Purpose.MULTI;

        @Option(names = "--until", paramLabel = "INSTANT", description = "When it ends, such as 2027-12-31T23:00:00Z.")
        private @Nullable Instant until;

        @Option(names = "--id", defaultValue = "", description = "Key: a repeat prints the same code (default: none).")
        private String id = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                IssueCodeResponse issued = RewardCommand.rewards(connection)
                        .issueCode(IssueCodeRequest.newBuilder()
                                .setValueMinor(valueMinor)
                                .setEndsAtMillis(until == null ? 0 : until.toEpochMilli())
                                .setPurpose(
                                        purpose == Purpose.SINGLE
                                                ? CodePurpose.CODE_PURPOSE_SINGLE_PURPOSE
                                                : CodePurpose.CODE_PURPOSE_MULTI_PURPOSE)
                                .setIdempotencyKey(id)
                                .build());
                if (output.json()) {
                    output.json(issued);
                } else {
                    boolean done = RewardCommand.code(issued.getStatus()) == Assidu.OK;
                    output.line(done ? issued.getCode() : RewardCommand.words(issued.getStatus()));
                }
                return RewardCommand.code(issued.getStatus());
            }
        }
    }

    /** {@code assidu code show}. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "What is left on a voucher or gift card.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "CODE", description = "As printed; hyphens and case do not count.")
        private String code = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                GetCodeResponse found = RewardCommand.rewards(connection)
                        .getCode(GetCodeRequest.newBuilder().setCode(code).build());
                if (output.json()) {
                    output.json(found);
                } else if (found.getStatus() == OperationStatus.OPERATION_STATUS_CODE_UNKNOWN) {
                    output.line("code unknown");
                } else {
                    boolean ended = found.getStatus() == OperationStatus.OPERATION_STATUS_TOO_LATE;
                    output.line(found.getLeftMinor() + " minor units left, "
                            + (found.getEndsAtMillis() == 0
                                    ? "never ends"
                                    : (ended ? "ended " : "ends ") + Instant.ofEpochMilli(found.getEndsAtMillis())));
                }
                return RewardCommand.code(found.getStatus());
            }
        }
    }

    /** {@code assidu code redeem}. */
    @Command(name = "redeem", mixinStandardHelpOptions = true, description = "Pay with a voucher or gift card.")
    static final class Redeem implements Callable<Integer> {
        @Parameters(paramLabel = "CODE", description = "As printed; hyphens and case do not count.")
        private String code = "";

        @Option(names = "--amount", paramLabel = "MINOR", required = true, description = "Minor units to take.")
        private long amountMinor;

        @Option(
                names = "--id",
                defaultValue = "",
                description = "Key: a repeat takes nothing again (default: a new one).")
        private String id = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                RedeemCodeResponse redeemed = RewardCommand.rewards(connection)
                        .redeemCode(RedeemCodeRequest.newBuilder()
                                .setCode(code)
                                .setAmountMinor(amountMinor)
                                .setIdempotencyKey(
                                        id.isEmpty() ? UUID.randomUUID().toString() : id)
                                .build());
                if (output.json()) {
                    output.json(redeemed);
                } else {
                    output.line(RewardCommand.words(redeemed.getStatus()) + ", " + redeemed.getLeftMinor()
                            + " minor units left");
                }
                return RewardCommand.code(redeemed.getStatus());
            }
        }
    }
}
