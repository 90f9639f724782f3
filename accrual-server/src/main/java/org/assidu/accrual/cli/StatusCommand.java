package org.assidu.accrual.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.Follower;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.PurseBooks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "What a running server holds: positions, members, receipts, sum of purses, state hash.")
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--wait", description = "Wait up to a minute for the server to come up.")
    private boolean wait;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        try (Connection connection = server.connect()) {
            AdminServiceGrpc.AdminServiceBlockingStub admin = AdminServiceGrpc.newBlockingStub(connection.channel());
            if (wait) {
                admin = admin.withWaitForReady().withDeadlineAfter(1, TimeUnit.MINUTES);
            }
            GetStatusResponse status = admin.getStatus(GetStatusRequest.getDefaultInstance());
            if (output.json()) {
                output.json(status);
                return Assidu.OK;
            }
            output.line(String.format(
                    "%s server %s, generation %d%n"
                            + "  position      %,d applied, %,d durable%n"
                            + "  members       %,d%n"
                            + "  receipts      %,d (%,d open), %,d lines%n"
                            + "  outstanding   %s points%n"
                            + "  programmes    %d%n"
                            + "  state hash    %s",
                    status.getDurability(),
                    server.address(),
                    status.getGeneration(),
                    status.getAppliedPosition(),
                    status.getDurablePosition(),
                    status.getMembers(),
                    status.getReceipts(),
                    status.getOpenReceipts(),
                    status.getLines(),
                    Points.format(status.getOutstandingMicro()),
                    status.getProgrammeVersions(),
                    status.getStateHash()));
            printSnapshot(status);
            printBooks(status);
            output.line(String.format(
                    "  scrub         %,d passes, this one at position %,d",
                    status.getScrubPasses(), status.getScrubPosition()));
            if (!status.getScrubDamage().isEmpty()) {
                output.line("  DAMAGED       " + status.getScrubDamage());
            }
            printFollowers(status);
            return Assidu.OK;
        }
    }

    private void printSnapshot(GetStatusResponse status) {
        if (status.getSnapshotPosition() != 0) {
            output.line(String.format(
                    "  snapshot      of position %,d, written %s",
                    status.getSnapshotPosition(), Instant.ofEpochMilli(status.getSnapshotTakenAtMillis())));
        }
    }

    private void printFollowers(GetStatusResponse status) {
        if (status.getEpoch() > 1) {
            output.line("  epoch         " + status.getEpoch());
        }
        for (Follower follower : status.getFollowersList()) {
            output.line(String.format(
                    "  follower      %s: position %,d, %,d behind, lag %,d ms, %s, heard %,d ms ago",
                    follower.getName(),
                    follower.getPosition(),
                    follower.getBehind(),
                    follower.getLagMillis(),
                    follower.getConnected() ? "connected" : "NOT CONNECTED",
                    follower.getHeardMillisAgo()));
        }
    }

    private void printBooks(GetStatusResponse status) {
        if (status.getDay() != 0) {
            output.line(String.format(
                    "  day           %04d-%02d-%02d, %,d members settled by sweeps, longest slice %,d µs",
                    status.getDay() / 10_000,
                    status.getDay() / 100 % 100,
                    status.getDay() % 100,
                    status.getSettlements(),
                    status.getLongestSweepMicros()));
        }
        for (PurseBooks books : status.getBooksList()) {
            output.line(String.format(
                    "  books         %s: %s issued + %s adjusted + %s migrated + %s restored + %s forgiven - %s spent"
                            + " - %s expired - %s reversed + %s transferred = %s outstanding%s",
                    books.getPurseId(),
                    Points.format(books.getIssuedMicro()),
                    Points.format(books.getAdjustedMicro()),
                    Points.format(books.getMigratedMicro()),
                    Points.format(books.getRestoredMicro()),
                    Points.format(books.getForgivenMicro()),
                    Points.format(books.getSpentMicro()),
                    Points.format(books.getExpiredMicro()),
                    Points.format(books.getReversedMicro()),
                    Points.format(books.getTransferredMicro()),
                    Points.format(books.getOutstandingMicro()),
                    books.getBalanced() ? "" : "  DOES NOT ADD UP: run assidu verify on the data directory"));
        }
    }
}
