package org.assidu.accrual.cli;

import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.JoinHouseholdRequest;
import org.assidu.proto.v1.JoinHouseholdResponse;
import org.assidu.proto.v1.LeaveHouseholdRequest;
import org.assidu.proto.v1.LeaveHouseholdResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Those commands of {@code assidu member} that are about households. */
final class HouseholdCommands {
    private HouseholdCommands() {}

    /** {@code assidu member join-household}. */
    @Command(
            name = "join-household",
            mixinStandardHelpOptions = true,
            description = "Have a member share the purses of another one's household, founded when there is none.")
    static final class Join implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--with-card", paramLabel = "EAN13", required = true, description = "Card of somebody of it.")
        private long with;

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                JoinHouseholdResponse joined = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .joinHousehold(JoinHouseholdRequest.newBuilder()
                                .setMember(member.identifier())
                                .setWith(Identifier.newBuilder().setCard(with))
                                .setAuthor(author.author())
                                .setReason(author.reason())
                                .build());
                if (output.json()) {
                    output.json(joined);
                } else {
                    output.line("household: " + RewardCommand.words(joined.getStatus()) + ", balance "
                            + Points.format(joined.getBalanceMicro()));
                }
                return RewardCommand.code(joined.getStatus());
            }
        }
    }

    /** {@code assidu member leave-household}. */
    @Command(
            name = "leave-household",
            mixinStandardHelpOptions = true,
            description = "Give a member purses of their own again; the last one of a household takes all.")
    static final class Leave implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(
                names = "--share",
                paramLabel = "PERCENT",
                defaultValue = "0",
                description = "What of every lot goes with the member, at most 2 decimals (default: ${DEFAULT-VALUE}).")
        private BigDecimal share = BigDecimal.ZERO;

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            int hundredths;
            try {
                hundredths = share.movePointRight(2).intValueExact();
            } catch (ArithmeticException inexact) {
                throw new IllegalArgumentException(
                        "--share " + share.toPlainString() + " is no percentage of at most 2 decimals", inexact);
            }
            try (Connection connection = server.connect()) {
                LeaveHouseholdResponse left = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .leaveHousehold(LeaveHouseholdRequest.newBuilder()
                                .setMember(member.identifier())
                                .setShareHundredths(hundredths)
                                .setAuthor(author.author())
                                .setReason(author.reason())
                                .build());
                if (output.json()) {
                    output.json(left);
                } else {
                    output.line("household: left, " + RewardCommand.words(left.getStatus()) + ", balance "
                            + Points.format(left.getBalanceMicro()));
                }
                return RewardCommand.code(left.getStatus());
            }
        }
    }
}
