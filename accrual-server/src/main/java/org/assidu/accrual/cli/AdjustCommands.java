package org.assidu.accrual.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.AdjustRequest;
import org.assidu.proto.v1.AdjustResponse;
import org.assidu.proto.v1.DecideAdjustmentRequest;
import org.assidu.proto.v1.DecideAdjustmentResponse;
import org.assidu.proto.v1.ListAdjustmentsRequest;
import org.assidu.proto.v1.ListAdjustmentsResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.WaitingAdjustment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Those commands of {@code assidu member} that credit and debit by hand. */
final class AdjustCommands {
    private static final int MICRO_DIGITS = 6;

    private AdjustCommands() {}

    private static MemberServiceGrpc.MemberServiceBlockingStub members(Connection connection) {
        return MemberServiceGrpc.newBlockingStub(connection.channel());
    }

    private static long micro(BigDecimal units) {
        try {
            return units.movePointRight(MICRO_DIGITS).longValueExact();
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException(
                    "--amount " + units.toPlainString() + " has more than 6 decimals or is too large", inexact);
        }
    }

    /** {@code assidu member adjust}. */
    @Command(
            name = "adjust",
            mixinStandardHelpOptions = true,
            description = "Credit or debit a purse by hand; a large one waits for a second person.")
    static final class Adjust implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(
                names = "--amount",
                required = true,
                description = "Points, or minor units in a money purse; below zero takes away.")
        private BigDecimal amount = BigDecimal.ZERO;

        @Option(names = "--purse", defaultValue = "", description = "Purse (default: the points purse).")
        private String purse = "";

        @Option(names = "--id", description = "Unique for ever; the same again adjusts once (default: a new UUID).")
        private String id = UUID.randomUUID().toString();

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                AdjustResponse adjusted = members(connection)
                        .adjust(AdjustRequest.newBuilder()
                                .setMember(member.identifier())
                                .setPurseId(purse)
                                .setAmountMicro(micro(amount))
                                .setReason(author.reason())
                                .setAdjustmentId(id)
                                .setAuthor(author.author())
                                .build());
                if (output.json()) {
                    output.json(adjusted);
                } else {
                    output.line("adjustment " + id + ": " + RewardCommand.words(adjusted.getStatus()) + ", balance "
                            + Points.format(adjusted.getBalanceMicro())
                            + (adjusted.getWaiting()
                                    ? "; it waits: another person approves it with assidu member approve " + id
                                    : ""));
                }
                return adjusted.getWaiting() ? Assidu.OK : RewardCommand.code(adjusted.getStatus());
            }
        }
    }

    /** {@code assidu member waiting}. */
    @Command(name = "waiting", mixinStandardHelpOptions = true, description = "Adjustments that wait for approval.")
    static final class Waiting implements Callable<Integer> {
        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                ListAdjustmentsResponse list =
                        members(connection).listAdjustments(ListAdjustmentsRequest.getDefaultInstance());
                if (output.json()) {
                    output.json(list);
                    return Assidu.OK;
                }
                for (WaitingAdjustment waiting : list.getAdjustmentsList()) {
                    output.line(String.format(
                            Locale.ROOT,
                            "%s  member %s  %s %s  by %s at %s: %s",
                            waiting.getAdjustmentId(),
                            IdentifierOption.format(waiting.getMemberKey()),
                            Points.format(waiting.getAmountMicro()),
                            waiting.getPurseId(),
                            waiting.getAuthor(),
                            Instant.ofEpochMilli(waiting.getProposedAtMillis()),
                            waiting.getReason()));
                }
                output.line(list.getAdjustmentsCount() + " waiting");
                return Assidu.OK;
            }
        }
    }

    private static int decide(String id, boolean approved, String author, ServerOption server, Output output) {
        try (Connection connection = server.connect()) {
            DecideAdjustmentResponse decided = members(connection)
                    .decideAdjustment(DecideAdjustmentRequest.newBuilder()
                            .setAdjustmentId(id)
                            .setApproved(approved)
                            .setAuthor(author)
                            .build());
            if (output.json()) {
                output.json(decided);
            } else {
                output.line("adjustment " + id + ": " + RewardCommand.words(decided.getStatus())
                        + (decided.getMemberKey() == 0 ? "" : ", balance " + Points.format(decided.getBalanceMicro())));
            }
            return RewardCommand.code(decided.getStatus());
        }
    }

    /** {@code assidu member approve}. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Let a waiting adjustment of somebody else take effect.")
    static final class Approve implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Id of the adjustment.")
        private String id = "";

        @Option(
                names = "--author",
                defaultValue = "",
                description = "Pseudonym of who approves; with a token it is the token's subject.")
        private String author = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            return decide(id, true, author, server, output);
        }
    }

    /** {@code assidu member reject}. */
    @Command(name = "reject", mixinStandardHelpOptions = true, description = "Give a waiting adjustment up.")
    static final class Reject implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Id of the adjustment.")
        private String id = "";

        @Option(
                names = "--author",
                defaultValue = "",
                description = "Pseudonym of who rejects; with a token it is the token's subject.")
        private String author = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            return decide(id, false, author, server, output);
        }
    }
}
