package org.assidu.accrual.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.CancelRequest;
import org.assidu.proto.v1.CancelResponse;
import org.assidu.proto.v1.CommitRequest;
import org.assidu.proto.v1.CommitResponse;
import org.assidu.proto.v1.ConvertPointsRequest;
import org.assidu.proto.v1.ConvertPointsResponse;
import org.assidu.proto.v1.ListRewardsRequest;
import org.assidu.proto.v1.ListRewardsResponse;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReserveRequest;
import org.assidu.proto.v1.ReserveResponse;
import org.assidu.proto.v1.RewardOffer;
import org.assidu.proto.v1.RewardServiceGrpc;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assidu reward …}. */
@Command(
        name = "reward",
        mixinStandardHelpOptions = true,
        description = "Rewards that points buy: list, reserve, then commit or cancel.",
        subcommands = {
            RewardCommand.ListRewards.class,
            RewardCommand.Reserve.class,
            RewardCommand.Commit.class,
            RewardCommand.Cancel.class,
            RewardCommand.Convert.class
        })
final class RewardCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    RewardCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    static RewardServiceGrpc.RewardServiceBlockingStub rewards(Connection connection) {
        return RewardServiceGrpc.newBlockingStub(connection.channel());
    }

    /** A status in words: {@code out of stock}. */
    static String words(OperationStatus status) {
        return status.name().replace("OPERATION_STATUS_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** @return the exit code */
    static int code(OperationStatus status) {
        return status == OperationStatus.OPERATION_STATUS_DONE
                        || status == OperationStatus.OPERATION_STATUS_ALREADY_DONE
                ? Assidu.OK
                : Assidu.FAILED;
    }

    /** {@code assidu reward list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "The shop's rewards as a member finds them.")
    static final class ListRewards implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--store", defaultValue = "", description = "Store where the member is.")
        private String store = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                ListRewardsResponse found = rewards(connection)
                        .listRewards(ListRewardsRequest.newBuilder()
                                .setMember(member.identifier())
                                .setStore(store)
                                .build());
                if (output.json()) {
                    output.json(found);
                    return Assidu.OK;
                }
                for (RewardOffer offer : found.getOffersList()) {
                    output.line(String.format(
                            Locale.ROOT,
                            "  %-16s %12s points  %-16s %s%s",
                            offer.getRewardId(),
                            Points.format(offer.getPriceMicro()),
                            offer.hasStockLeft() ? offer.getStockLeft() + " left" : "no limit",
                            offer.getStatus() == OperationStatus.OPERATION_STATUS_DONE
                                    ? "can be had"
                                    : words(offer.getStatus()),
                            offer.getFreeUnits() > 0 ? ", " + offer.getFreeUnits() + " free" : ""));
                }
                if (found.getOffersCount() == 0) {
                    output.line("the programme in force has no shop");
                }
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu reward reserve}. */
    @Command(name = "reserve", mixinStandardHelpOptions = true, description = "Spend points on a reward and hold it.")
    static final class Reserve implements Callable<Integer> {
        @Parameters(paramLabel = "REWARD", description = "Id of the reward in the programme.")
        private String reward = "";

        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--id", defaultValue = "", description = "Id of the reservation (default: a new one).")
        private String id = "";

        @Option(names = "--units", defaultValue = "1", description = "Units (default: ${DEFAULT-VALUE}).")
        private long units;

        @Option(
                names = "--expires",
                paramLabel = "SECONDS",
                defaultValue = "600",
                description = "When all is given back unless it is committed (default: ${DEFAULT-VALUE}).")
        private long expiresInSeconds;

        @Option(names = "--store", defaultValue = "", description = "Store where the member is.")
        private String store = "";

        @Option(names = "--till", defaultValue = "", description = "Till of the receipt that it is held for.")
        private String till = "";

        @Option(
                names = "--number",
                defaultValue = "-1",
                description = "Number of the receipt that it is held for, with --store and --till.")
        private long number;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            String name = id.isEmpty() ? UUID.randomUUID().toString() : id;
            try (Connection connection = server.connect()) {
                ReserveRequest.Builder request = ReserveRequest.newBuilder()
                        .setReservationId(name)
                        .setMember(member.identifier())
                        .setRewardId(reward)
                        .setUnits(units)
                        .setExpiresInSeconds(expiresInSeconds)
                        .setStore(store);
                if (number >= 0) {
                    request.setReceipt(ReceiptIdentity.newBuilder()
                            .setStore(store)
                            .setTill(till)
                            .setNumber(number));
                }
                ReserveResponse reserved = rewards(connection).reserve(request.build());
                if (output.json()) {
                    output.json(reserved);
                } else if (code(reserved.getStatus()) == Assidu.OK) {
                    output.line("reservation " + name + ": " + words(reserved.getStatus()) + ", "
                            + Points.format(reserved.getPriceMicro()) + " points spent, "
                            + Points.format(reserved.getBalanceMicro()) + " left, held until "
                            + Instant.ofEpochMilli(reserved.getEndsAtMillis()));
                } else {
                    output.line(reward + ": " + words(reserved.getStatus()));
                }
                return code(reserved.getStatus());
            }
        }
    }

    /** {@code assidu reward commit}. */
    @Command(name = "commit", mixinStandardHelpOptions = true, description = "Make a reservation final.")
    static final class Commit implements Callable<Integer> {
        @Parameters(paramLabel = "RESERVATION", description = "Id of the reservation.")
        private String id = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                CommitResponse committed = rewards(connection)
                        .commit(CommitRequest.newBuilder().setReservationId(id).build());
                if (output.json()) {
                    output.json(committed);
                } else {
                    output.line("reservation " + id + ": " + words(committed.getStatus())
                            + (committed.getCode().isEmpty()
                                    ? ""
                                    : ", code " + committed.getCode() + " worth " + committed.getLeftMinor()
                                            + " minor units"));
                }
                return code(committed.getStatus());
            }
        }
    }

    /** {@code assidu reward cancel}. */
    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Give a reservation back.")
    static final class Cancel implements Callable<Integer> {
        @Parameters(paramLabel = "RESERVATION", description = "Id of the reservation.")
        private String id = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                CancelResponse cancelled = rewards(connection)
                        .cancel(CancelRequest.newBuilder().setReservationId(id).build());
                if (output.json()) {
                    output.json(cancelled);
                } else {
                    output.line("reservation " + id + ": " + words(cancelled.getStatus()));
                }
                return code(cancelled.getStatus());
            }
        }
    }

    /** {@code assidu reward convert}. */
    @Command(
            name = "convert",
            mixinStandardHelpOptions = true,
            description = "Turn points into money of a purse (cagnotte), at the programme's rate.")
    static final class Convert implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--purse", required = true, paramLabel = "ID", description = "Money purse of the programme.")
        private String purse = "";

        @Option(names = "--points", required = true, description = "Points to turn into money.")
        private BigDecimal points = BigDecimal.ZERO;

        @Option(names = "--id", defaultValue = "", description = "Name of the conversion: the same is done once.")
        private String id = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                ConvertPointsResponse converted = rewards(connection)
                        .convertPoints(ConvertPointsRequest.newBuilder()
                                .setMember(member.identifier())
                                .setPurseId(purse)
                                .setPointsMicro(points.movePointRight(6).longValueExact())
                                .setIdempotencyKey(id)
                                .build());
                if (output.json()) {
                    output.json(converted);
                } else {
                    output.line(purse + ": " + words(converted.getStatus()) + ", "
                            + Points.format(converted.getCreditedMicro()) + " minor units credited, "
                            + Points.format(converted.getBalanceMicro()) + " points left");
                }
                return code(converted.getStatus());
            }
        }
    }
}
