package org.assidu.accrual.admin;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assidu.accrual.grpc.Answers;
import org.assidu.accrual.grpc.BlockingCalls;
import org.assidu.accrual.grpc.GrpcErrors;
import org.assidu.accrual.grpc.WireDays;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PipelineStatus;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.CopyDirectoryRequest;
import org.assidu.proto.v1.CopyDirectoryResponse;
import org.assidu.proto.v1.DrainRequest;
import org.assidu.proto.v1.DrainResponse;
import org.assidu.proto.v1.ExportNowRequest;
import org.assidu.proto.v1.ExportNowResponse;
import org.assidu.proto.v1.Follower;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.ImportProductsRequest;
import org.assidu.proto.v1.ImportProductsResponse;
import org.assidu.proto.v1.ImportStoresRequest;
import org.assidu.proto.v1.ImportStoresResponse;
import org.assidu.proto.v1.IssueCardsRequest;
import org.assidu.proto.v1.IssueCardsResponse;
import org.assidu.proto.v1.PassDaysRequest;
import org.assidu.proto.v1.PassDaysResponse;

/** For operators: status, export, catalogue, cards, drain. */
public final class AdminGrpcService extends AdminServiceGrpc.AdminServiceImplBase {
    private static final int MAX_CARDS = 100_000;
    private static final int CARDS_PER_MESSAGE = 10_000;

    private final Pipeline pipeline;
    private final BlockingCalls blocking;
    private final HealthStatus health;
    private final AdminFacts facts;
    private final AdminTasks tasks;
    private final AtomicBoolean exporting = new AtomicBoolean();

    public AdminGrpcService(
            Pipeline pipeline, BlockingCalls blocking, HealthStatus health, AdminFacts facts, AdminTasks tasks) {
        this.pipeline = pipeline;
        this.blocking = blocking;
        this.health = health;
        this.facts = facts;
        this.tasks = tasks;
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
        Answers.answer(observer, pipeline.status(), this::status);
    }

    @Override
    public void exportNow(ExportNowRequest request, StreamObserver<ExportNowResponse> observer) {
        ServerCallStreamObserver<ExportNowResponse> call = (ServerCallStreamObserver<ExportNowResponse>) observer;
        // Asked for again before each progress message; without a handler, writing to a cancelled call throws.
        call.setOnCancelHandler(() -> {});
        blocking.run(observer, () -> {
            Path directory = directory(request.getDirectory());
            if (!exporting.compareAndSet(false, true)) {
                throw GrpcErrors.failedPrecondition(
                        "EXPORT_RUNNING", "another export is under way; call again when it is done");
            }
            try {
                // Balances and ledger as they are once nothing is due any more.
                long target = pipeline.settled().join();
                long rows = tasks.export().run(directory, target, (position, soFar) -> {
                    if (call.isReady() && !call.isCancelled()) {
                        call.onNext(progress(position, target, soFar, false));
                    }
                });
                call.onNext(progress(target, target, rows, true));
                call.onCompleted();
            } finally {
                exporting.set(false);
            }
            return null;
        });
    }

    @Override
    public StreamObserver<ImportProductsRequest> importProducts(StreamObserver<ImportProductsResponse> observer) {
        return new CatalogueImport<>(
                observer,
                ImportProductsRequest::getProductsCount,
                message -> pipeline.importProducts(CatalogueMapper.products(message.getProductsList())),
                (products, position) -> ImportProductsResponse.newBuilder()
                        .setProducts(products)
                        .setPosition(position)
                        .build());
    }

    @Override
    public StreamObserver<ImportStoresRequest> importStores(StreamObserver<ImportStoresResponse> observer) {
        return new CatalogueImport<>(
                observer,
                ImportStoresRequest::getStoresCount,
                message -> pipeline.importStores(CatalogueMapper.stores(message.getStoresList())),
                (stores, position) -> ImportStoresResponse.newBuilder()
                        .setStores(stores)
                        .setPosition(position)
                        .build());
    }

    @Override
    public void issueCards(IssueCardsRequest request, StreamObserver<IssueCardsResponse> observer) {
        int count = request.getCount();
        if (count < 1 || count > MAX_CARDS) {
            observer.onError(GrpcErrors.invalidArgument("count", count + "; send 1 to " + MAX_CARDS));
            return;
        }
        CompletableFuture<List<Long>> issued = pipeline.directory(members -> {
            try {
                return members.issueCards(request.getPrefix(), count);
            } catch (IllegalArgumentException e) {
                throw GrpcErrors.invalidArgument("prefix", String.valueOf(e.getMessage()));
            }
        });
        var unused = issued.whenComplete((cards, problem) -> {
            if (problem != null) {
                Answers.fail(observer, problem);
                return;
            }
            for (int from = 0; from < cards.size(); from += CARDS_PER_MESSAGE) {
                observer.onNext(IssueCardsResponse.newBuilder()
                        .addAllCards(cards.subList(from, Math.min(cards.size(), from + CARDS_PER_MESSAGE)))
                        .build());
            }
            observer.onCompleted();
        });
    }

    @Override
    public void copyDirectory(CopyDirectoryRequest request, StreamObserver<CopyDirectoryResponse> observer) {
        blocking.answer(observer, () -> {
            Path folder = directory(request.getFolder());
            if (!isEmptyFolder(folder)) {
                throw GrpcErrors.invalidArgument(
                        "folder", "\"" + folder + "\" is no empty folder; make one on the server's machine");
            }
            return CopyDirectoryResponse.newBuilder()
                    .setPeople(tasks.directoryCopy().run(folder))
                    .build();
        });
    }

    @Override
    public void drain(DrainRequest request, StreamObserver<DrainResponse> observer) {
        health.stopped();
        CompletableFuture<Long> last = pipeline.drain();
        Answers.answer(
                observer,
                last,
                position -> DrainResponse.newBuilder()
                        .setPosition(position)
                        .setProcessId(ProcessHandle.current().pid())
                        .setProcessStartedTicks(LocalProcess.own()
                                .map(LocalProcess::startedTicks)
                                .orElse(0L))
                        .build());
        var unused = last.whenComplete((position, problem) -> tasks.drained().run());
    }

    @Override
    public void passDays(PassDaysRequest request, StreamObserver<PassDaysResponse> observer) {
        Answers.answer(
                observer,
                DayPassing.until(pipeline, request),
                passed -> PassDaysResponse.newBuilder()
                        .setDay(WireDays.of(passed.day()))
                        .setTicks(passed.ticks())
                        .setSettlements(passed.settlements())
                        .build());
    }

    private GetStatusResponse status(PipelineStatus from) {
        NewestSnapshot newest = facts.snapshot().get();
        ScrubProgress scrubbed = facts.scrub().get();
        return GetStatusResponse.newBuilder()
                .setAppliedPosition(from.appliedPosition())
                .setDurablePosition(from.durablePosition())
                .setStateHash(String.format("%016x", from.stateHash()))
                .setMembers(from.members())
                .setReceipts(from.receipts())
                .setOpenReceipts(from.openReceipts())
                .setOutstandingMicro(from.outstandingMicro())
                .setDurability(facts.server().durability())
                .setGeneration(facts.generation().getAsInt())
                .setStartedAtMillis(facts.server().startedAtMillis())
                .setProgrammeVersions(from.programmeVersions())
                .setLines(from.lines())
                .setVersion(facts.server().version())
                .setDay(WireDays.of(from.time().day()))
                .addAllBooks(from.books().stream().map(DayPassing::books).toList())
                .setSettlements(from.time().settlements())
                .setLongestSweepMicros(from.time().longestSliceMicros())
                .setSnapshotPosition(newest.position())
                .setSnapshotTakenAtMillis(newest.takenAtMillis())
                .addAllTurns(from.turns())
                .setScrubPasses(scrubbed.passes())
                .setScrubPosition(scrubbed.position())
                .setScrubDamage(scrubbed.damage())
                .setEpoch(facts.replication().epoch())
                .addAllFollowers(facts.replication().standbys().stream()
                        .map(standby -> follower(standby, from.durablePosition()))
                        .toList())
                .build();
    }

    private static Follower follower(ReplicationFacts.Standby standby, long durable) {
        return Follower.newBuilder()
                .setName(standby.name())
                .setPosition(standby.position())
                .setBehind(Math.max(0, durable - standby.position()))
                .setLagMillis(standby.lagMillis())
                .setHeardMillisAgo(standby.heardMillisAgo())
                .setConnected(standby.connected())
                .build();
    }

    private static ExportNowResponse progress(long position, long target, long rows, boolean done) {
        return ExportNowResponse.newBuilder()
                .setPosition(position)
                .setTargetPosition(target)
                .setRows(rows)
                .setDone(done)
                .build();
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    private static Path directory(String text) {
        try {
            Path directory = Path.of(text);
            if (!text.isEmpty() && directory.isAbsolute()) {
                return directory.normalize();
            }
        } catch (InvalidPathException e) {
            throw GrpcErrors.invalidArgument("directory", "\"" + text + "\": " + e.getReason());
        }
        throw GrpcErrors.invalidArgument(
                "directory", "\"" + text + "\"; send an absolute path on the server's machine");
    }
}
