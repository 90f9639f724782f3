package org.assidu.accrual.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.JoinClubRequest;
import org.assidu.proto.v1.JoinClubResponse;
import org.assidu.proto.v1.LeaveClubRequest;
import org.assidu.proto.v1.LeaveClubResponse;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.Membership;
import org.assidu.proto.v1.RewardMeasure;
import org.assidu.proto.v1.TierStatus;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assidu member join} and {@code leave}, and what {@code show} says of levels and clubs. */
final class ClubCommands {
    private ClubCommands() {}

    static List<String> lines(LookUpResponse from) {
        List<String> lines = new ArrayList<>();
        if (from.hasTier()) {
            lines.add("  " + tier(from.getTier()));
        }
        from.getClubsList().forEach(club -> lines.add("  " + membership(club)));
        if (from.getPerksCount() > 0) {
            lines.add("  perks: " + String.join(", ", from.getPerksList()));
        }
        return lines;
    }

    private static String tier(TierStatus tier) {
        String text = tier.getLevel() == 0 ? "no level" : "level " + tier.getTierId();
        if (tier.getReviewDay() != 0) {
            text += ", reviewed on " + day(tier.getReviewDay());
        }
        return tier.getNextTierId().isEmpty() ? text : text + ", " + units(tier) + " more for " + tier.getNextTierId();
    }

    private static String units(TierStatus tier) {
        return tier.getMeasure() == RewardMeasure.REWARD_MEASURE_SPEND
                ? java.math.BigDecimal.valueOf(tier.getMissingUnits(), 2).toPlainString() + " of purchases"
                : Points.format(tier.getMissingUnits()) + " points";
    }

    private static String membership(Membership club) {
        return "club " + club.getClubId() + " since " + day(club.getSinceDay())
                + (club.getLastDay() == 0 ? "" : ", to " + day(club.getLastDay()));
    }

    private static String day(int yyyymmdd) {
        return String.format("%04d-%02d-%02d", yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    }

    /** {@code assidu member join}. */
    @Command(name = "join", mixinStandardHelpOptions = true, description = "Take a member into a club that is free.")
    static final class Join implements Callable<Integer> {
        @Parameters(paramLabel = "CLUB", description = "Id of the club in the programme.")
        private String club = "";

        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--author", defaultValue = "", description = "Pseudonym of the person who asks.")
        private String author = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                JoinClubResponse joined = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .joinClub(JoinClubRequest.newBuilder()
                                .setMember(member.identifier())
                                .setClubId(club)
                                .setAuthor(author)
                                .build());
                if (output.json()) {
                    output.json(joined);
                } else {
                    output.line(RewardCommand.words(joined.getStatus())
                            + (joined.hasMembership() ? ": " + membership(joined.getMembership()) : ""));
                }
                return joined.hasMembership() ? Assidu.OK : RewardCommand.code(joined.getStatus());
            }
        }
    }

    /** {@code assidu member leave}. */
    @Command(name = "leave", mixinStandardHelpOptions = true, description = "End a member's membership of a club.")
    static final class Leave implements Callable<Integer> {
        @Parameters(paramLabel = "CLUB", description = "Id of the club in the programme.")
        private String club = "";

        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--author", defaultValue = "", description = "Pseudonym of the person who asks.")
        private String author = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                LeaveClubResponse left = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .leaveClub(LeaveClubRequest.newBuilder()
                                .setMember(member.identifier())
                                .setClubId(club)
                                .setAuthor(author)
                                .build());
                if (output.json()) {
                    output.json(left);
                } else {
                    output.line(RewardCommand.words(left.getStatus()));
                }
                return RewardCommand.code(left.getStatus());
            }
        }
    }
}
