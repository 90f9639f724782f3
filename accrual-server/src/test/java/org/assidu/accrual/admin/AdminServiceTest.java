package org.assidu.accrual.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.grpc.TestServer.card;
import static org.assidu.accrual.grpc.TestServer.line;
import static org.assidu.accrual.grpc.TestServer.receipt;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assidu.accrual.export.ExportConfig;
import org.assidu.accrual.export.ExportReport;
import org.assidu.accrual.export.ExportSecret;
import org.assidu.accrual.export.JournalExport;
import org.assidu.accrual.grpc.BlockingCalls;
import org.assidu.accrual.grpc.SalesClient;
import org.assidu.accrual.grpc.TestProgrammes;
import org.assidu.accrual.grpc.TestServer;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.pipeline.PipelineConfig;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.DrainRequest;
import org.assidu.proto.v1.ExportNowRequest;
import org.assidu.proto.v1.ExportNowResponse;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ImportProductsRequest;
import org.assidu.proto.v1.ImportProductsResponse;
import org.assidu.proto.v1.ImportStoresRequest;
import org.assidu.proto.v1.ImportStoresResponse;
import org.assidu.proto.v1.IssueCardsRequest;
import org.assidu.proto.v1.Product;
import org.assidu.proto.v1.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AdminServiceTest {
    @TempDir
    Path folder;

    private final AtomicReference<TestServer> running = new AtomicReference<>();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data"), PipelineConfig.defaults(), this::export)
                .publish(TestProgrammes.POINTS);
        running.set(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theStatusCountsWhatWasRecorded() throws Exception {
        SalesClient till = sell(10);
        GetStatusResponse status = status();
        assertThat(status.getReceipts()).isEqualTo(10);
        assertThat(status.getLines()).isEqualTo(20);
        assertThat(status.getMembers()).isEqualTo(10);
        assertThat(status.getOutstandingMicro()).isEqualTo(10 * 3_000_000L);
        assertThat(status.getProgrammeVersions()).isEqualTo(1);
        assertThat(status.getAppliedPosition()).isGreaterThanOrEqualTo(till.position());
        assertThat(status.getDurability()).isEqualTo("durable");
        assertThat(status.getGeneration()).isEqualTo(1);
        assertThat(status.getStartedAtMillis()).isEqualTo(TestServer.NOW);
        assertThat(status.getStateHash()).matches("[0-9a-f]{16}");

        String before = status.getStateHash();
        server.close();
        server = TestServer.start(folder.resolve("data"));
        assertThat(status().getStateHash()).as("after a restart").isEqualTo(before);
        assertThat(status().getGeneration()).isEqualTo(2);
    }

    @Test
    void anExportOfTheRunningServerIsReadByOthers() throws Exception {
        sell(25);
        Path out = folder.resolve("export");
        List<ExportNowResponse> progress = new ArrayList<>();
        server.admin()
                .exportNow(ExportNowRequest.newBuilder()
                        .setDirectory(out.toString())
                        .build())
                .forEachRemaining(progress::add);
        ExportNowResponse last = progress.get(progress.size() - 1);
        assertThat(last.getDone()).isTrue();
        assertThat(last.getPosition()).isEqualTo(server.pipeline.durablePosition());
        assertThat(last.getRows()).isPositive();

        String lines = out + "/sale_lines/**/*.parquet";
        String ledger = out + "/ledger/**/*.parquet";
        assertThat(query("select count(*) from read_parquet('" + lines + "')")).isEqualTo(50);
        assertThat(query("select sum(amount_minor) from read_parquet('" + lines + "')"))
                .isEqualTo(25 * 300);
        assertThat(query("select sum(points_micro) from read_parquet('" + ledger + "')"))
                .isEqualTo(status().getOutstandingMicro());
        assertThatThrownBy(() -> server.admin()
                        .exportNow(ExportNowRequest.newBuilder()
                                .setDirectory("here")
                                .build())
                        .hasNext())
                .hasMessageContaining("directory: \"here\"; send an absolute path");
    }

    @Test
    void theCatalogueIsJournalledMessageByMessage() throws Exception {
        CompletableFuture<ImportProductsResponse> products = new CompletableFuture<>();
        StreamObserver<ImportProductsRequest> stream =
                AdminServiceGrpc.newStub(server.channel).importProducts(into(products));
        for (int message = 0; message < 5; message++) {
            ImportProductsRequest.Builder request = ImportProductsRequest.newBuilder();
            for (int p = 0; p < 100; p++) {
                request.addProducts(Product.newBuilder()
                        .setSku("sku-" + message + "-" + p)
                        .setName("A product")
                        .setCategoryPath("food/fruit")
                        .setUnitCostMinor(50)
                        .setUnitCostPresent(true)
                        .setCurrency("EUR"));
            }
            stream.onNext(request.build());
        }
        stream.onCompleted();
        ImportProductsResponse done = products.get(30, TimeUnit.SECONDS);
        assertThat(done.getProducts()).isEqualTo(500);
        assertThat(done.getPosition()).isPositive().isLessThanOrEqualTo(server.pipeline.durablePosition());

        CompletableFuture<ImportStoresResponse> stores = new CompletableFuture<>();
        StreamObserver<ImportStoresRequest> storeStream =
                AdminServiceGrpc.newStub(server.channel).importStores(into(stores));
        storeStream.onNext(ImportStoresRequest.newBuilder()
                .addStores(
                        Store.newBuilder().setStore("S1").setName("Rue Haute").setCountry("FR"))
                .build());
        storeStream.onCompleted();
        assertThat(stores.get(30, TimeUnit.SECONDS).getStores()).isEqualTo(1);

        CompletableFuture<ImportProductsResponse> refused = new CompletableFuture<>();
        StreamObserver<ImportProductsRequest> bad =
                AdminServiceGrpc.newStub(server.channel).importProducts(into(refused));
        bad.onNext(ImportProductsRequest.newBuilder()
                .addProducts(Product.newBuilder().setSku("a"))
                .addProducts(Product.newBuilder().setName("no sku"))
                .build());
        assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
                .hasMessageContaining("INVALID_ARGUMENT: products[1].sku: empty");
    }

    @Test
    void cardsAreIssuedConsecutivelyAndNeverTwice() {
        List<Long> cards = issue("2980000", 25_000);
        assertThat(cards).hasSize(25_000).isSorted().doesNotHaveDuplicates().allMatch(Ean13::isValid);
        List<Long> more = issue("2980000", 10);
        assertThat(more.get(0)).isGreaterThan(cards.get(cards.size() - 1));
        assertThatThrownBy(() -> issue("12", 1)).hasMessageContaining("prefix: a card prefix has 7 to 11 digits");
        assertThatThrownBy(() -> issue("2980000", 0)).hasMessageContaining("count: 0; send 1 to 100000");
    }

    @Test
    void healthIsTheStandardServiceAndTurnsWhenTheServerDrains() throws Exception {
        sell(3);
        assertThat(health("")).isEqualTo(ServingStatus.SERVING);
        assertThat(health(AccrualServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
        long position = server.admin().drain(DrainRequest.getDefaultInstance()).getPosition();
        assertThat(position).isEqualTo(server.pipeline.durablePosition());
        server.drained.get(30, TimeUnit.SECONDS);
        assertThat(health("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(health(AccrualServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.NOT_SERVING);
        assertThatThrownBy(this::status)
                .satisfies(problem ->
                        assertThat(Status.fromThrowable(problem).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void reflectionTellsEveryServiceAndTheContractOfSales() throws Exception {
        ServerReflectionResponse services = reflect(
                ServerReflectionRequest.newBuilder().setListServices("*").build());
        assertThat(services.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(
                        "assidu.v1.AccrualService",
                        "assidu.v1.MemberService",
                        "assidu.v1.ProgrammeService",
                        "assidu.v1.AdminService",
                        "grpc.health.v1.Health",
                        "grpc.channelz.v1.Channelz");
        assertThat(reflect(ServerReflectionRequest.newBuilder()
                                .setFileContainingSymbol("assidu.v1.AccrualService.StreamSales")
                                .build())
                        .getFileDescriptorResponse()
                        .getFileDescriptorProtoCount())
                .isPositive();
    }

    @Test
    void slowCallsBeyondTheQueueAreRefusedAndMayBeRepeated() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (var blocking = new BlockingCalls(1, 1)) {
            CompletableFuture<String> first = new CompletableFuture<>();
            CompletableFuture<String> second = new CompletableFuture<>();
            CompletableFuture<String> third = new CompletableFuture<>();
            blocking.answer(into(first), () -> {
                gate.await();
                return "first";
            });
            blocking.answer(into(second), () -> "second");
            blocking.answer(into(third), () -> "third");
            assertThatThrownBy(() -> third.get(30, TimeUnit.SECONDS))
                    .satisfies(
                            problem -> assertThat(Status.fromThrowable(problem).getCode())
                                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
            gate.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("second");
        }
    }

    private SalesClient sell(int receipts) throws InterruptedException {
        SalesClient till = SalesClient.open(server.channel);
        for (int r = 0; r < receipts; r++) {
            till.send(receipt(r, 100)
                    .addLines(line(200))
                    .setMember(Identifier.newBuilder().setCard(card(r))));
        }
        till.next(receipts);
        return till;
    }

    private long export(Path directory, long upTo, ExportRun.Progress progress) throws IOException {
        JournalExport export = new JournalExport(
                ExportConfig.of(directory, "analytics"), ExportSecret.ofDataDirectory(folder.resolve("data")));
        try (JournalReader reader = running.get().journal.newReader()) {
            ExportReport report = export.run(reader, upTo, (position, target) -> progress.at(position, 0));
            return report.saleLines();
        }
    }

    private static long query(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private GetStatusResponse status() {
        return server.admin().getStatus(GetStatusRequest.getDefaultInstance());
    }

    private List<Long> issue(String prefix, int count) {
        List<Long> cards = new ArrayList<>();
        server.admin()
                .issueCards(IssueCardsRequest.newBuilder()
                        .setPrefix(prefix)
                        .setCount(count)
                        .build())
                .forEachRemaining(message -> cards.addAll(message.getCardsList()));
        return cards;
    }

    private ServingStatus health(String service) {
        return HealthGrpc.newBlockingStub(server.channel)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest request) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> stream =
                ServerReflectionGrpc.newStub(server.channel).serverReflectionInfo(into(answer));
        stream.onNext(request);
        stream.onCompleted();
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static <T> StreamObserver<T> into(CompletableFuture<T> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable problem) {
                answer.completeExceptionally(problem);
            }

            @Override
            public void onCompleted() {}
        };
    }
}
