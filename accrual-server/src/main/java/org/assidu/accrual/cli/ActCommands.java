package org.assidu.accrual.cli;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.ActKind;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Movement;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.RecordActRequest;
import org.assidu.proto.v1.RecordActResponse;
import org.assidu.proto.v1.ReferMemberRequest;
import org.assidu.proto.v1.ReferMemberResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu member act}, {@code survey} and {@code refer}: what members did besides buying. */
final class ActCommands {
    private ActCommands() {}

    private static int record(
            ServerOption server, Output output, RecordActRequest.Builder request, @Nullable String key) {
        request.setIdempotencyKey(key == null ? UUID.randomUUID().toString() : key);
        try (Connection connection = server.connect()) {
            RecordActResponse recorded =
                    EngagementServiceGrpc.newBlockingStub(connection.channel()).recordAct(request.build());
            if (output.json()) {
                output.json(recorded);
                return code(recorded.getStatus());
            }
            output.line("member " + IdentifierOption.format(recorded.getMemberKey()) + ": "
                    + RewardCommand.words(recorded.getStatus()));
            for (Movement moved : recorded.getMovementsList()) {
                output.line(String.format(
                        Locale.ROOT,
                        "  %s %s by %s",
                        Points.format(moved.getPointsMicro()),
                        moved.getPurseId(),
                        moved.getRuleId().isEmpty() ? "time" : moved.getRuleId()));
            }
            output.line("  balance " + Points.format(recorded.getBalanceMicro()));
            return code(recorded.getStatus());
        }
    }

    private static int code(OperationStatus status) {
        return status == OperationStatus.OPERATION_STATUS_NOTHING_TO_DO ? Assidu.OK : RewardCommand.code(status);
    }

    /** {@code assidu member act}. */
    @Command(
            name = "act",
            mixinStandardHelpOptions = true,
            description = "Record what a member did besides buying: a review, or an act of the programme by its code.")
    static final class Act implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @ArgGroup(multiplicity = "1")
        private final What what = new What();

        @Option(names = "--store", defaultValue = "", description = "Store that it concerns.")
        private String store = "";

        @Option(
                names = "--id",
                paramLabel = "KEY",
                description = "Name of this act; the same name counts once (default: a new one).")
        private @Nullable String key;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        /** Which act. */
        static final class What {
            @Option(names = "--code", required = true, description = "Code of the act in the programme.")
            private @Nullable String code;

            @Option(names = "--review", required = true, description = "A review.")
            private boolean review;
        }

        @Override
        public Integer call() {
            return record(
                    server,
                    output,
                    RecordActRequest.newBuilder()
                            .setMember(member.identifier())
                            .setKind(what.review ? ActKind.ACT_KIND_REVIEW : ActKind.ACT_KIND_CUSTOM)
                            .setCode(what.code == null ? "" : what.code)
                            .setStore(store),
                    key);
        }
    }

    /** {@code assidu member survey}. */
    @Command(
            name = "survey",
            mixinStandardHelpOptions = true,
            description = "Record a member's answer to a survey, 0 to 10.")
    static final class Survey implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--score", required = true, description = "0 to 10.")
        private int score;

        @Option(names = "--store", defaultValue = "", description = "Store that it concerns.")
        private String store = "";

        @Option(
                names = "--id",
                paramLabel = "KEY",
                description = "Name of the survey; a member's answer to it counts once (default: a new one).")
        private @Nullable String key;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            return record(
                    server,
                    output,
                    RecordActRequest.newBuilder()
                            .setMember(member.identifier())
                            .setKind(ActKind.ACT_KIND_SURVEY)
                            .setScore(score)
                            .setStore(store),
                    key);
        }
    }

    /** {@code assidu member refer}. */
    @Command(
            name = "refer",
            mixinStandardHelpOptions = true,
            description = "Record that a member referred a new one; both are rewarded when that one first buys.")
    static final class Refer implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption referrer = new IdentifierOption();

        @Option(
                names = "--new-card",
                paramLabel = "EAN13",
                required = true,
                description = "Card of the member who was referred: enrolled, and without a receipt so far.")
        private long referred;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                ReferMemberResponse answer = EngagementServiceGrpc.newBlockingStub(connection.channel())
                        .referMember(ReferMemberRequest.newBuilder()
                                .setReferrer(referrer.identifier())
                                .setReferred(Identifier.newBuilder().setCard(referred))
                                .build());
                if (output.json()) {
                    output.json(answer);
                } else {
                    output.line("member " + IdentifierOption.format(answer.getReferredKey()) + " referred by "
                            + IdentifierOption.format(answer.getReferrerKey()) + ": "
                            + RewardCommand.words(answer.getStatus()));
                }
                return code(answer.getStatus());
            }
        }
    }
}
