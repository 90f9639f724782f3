package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assidu.accrual.access.Caller;
import org.assidu.accrual.access.QuotaLimits;
import org.assidu.accrual.access.Role;
import org.assidu.accrual.access.TokenIssuer;
import org.assidu.accrual.access.TokenSettings;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.SalesSender;
import org.assidu.accrual.load.SendOptions;
import org.assidu.accrual.load.SendSummary;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.ExportNowRequest;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.StreamSalesRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets with real certificates. */
@Timeout(60)
class SecureEndpointTest {
    private static final SendOptions ONE_BY_ONE = new SendOptions(1, 64, Duration.ofSeconds(20));

    @TempDir
    Path folder;

    private TestIdentities identities;

    @BeforeEach
    void makeIdentities() {
        identities = new TestIdentities(folder);
    }

    private TestServer server(ListenerSecurity security) {
        return TestServer.start(folder.resolve("data"), GrpcServerConfig.loopback(0), security);
    }

    private static void status(Connection connection) {
        AdminServiceGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getStatus(GetStatusRequest.getDefaultInstance());
    }

    private static AccrualServiceGrpc.AccrualServiceBlockingStub accrual(Channel channel) {
        return AccrualServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static Receipt.Builder receipt(String store, long number) {
        return TestServer.receipt(number, 1_000)
                .setIdentity(ReceiptIdentity.newBuilder()
                        .setStore(store)
                        .setTill("1")
                        .setNumber(number));
    }

    private static void refused(ThrowingCallable call, Status.Code code, String reason) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.getStatus().getCode()).as(refusal.toString()).isEqualTo(code);
        assertThat(StatusProto.fromThrowable(refusal).getDetailsList())
                .anySatisfy(detail ->
                        assertThat(detail.unpack(ErrorInfo.class).getReason()).isEqualTo(reason));
    }

    private static void ended(SalesClient client, Status.Code code, String reason) {
        refused(
                () -> {
                    try {
                        client.end.get(20, TimeUnit.SECONDS);
                    } catch (ExecutionException e) {
                        throw e.getCause();
                    }
                },
                code,
                reason);
    }

    @Test
    void aHostThatOthersReachWantsTlsAndTokens() {
        assertThatThrownBy(() -> ListenerSecurity.development().checkHost("0.0.0.0"))
                .hasMessageContaining("\"0.0.0.0\" is not a loopback address")
                .hasMessageContaining("--tls-cert, --tls-key and --token-keys");
        assertThatThrownBy(() -> ListenerSecurity.of(null, identities.tokens()).checkHost("10.0.0.1"))
                .hasMessageContaining("no TLS");
        assertThatThrownBy(() -> ListenerSecurity.of(identities.tls(true), null).checkHost("10.0.0.1"))
                .hasMessageContaining("no tokens");
        ListenerSecurity.development().checkHost("::1");
        identities.security().checkHost("0.0.0.0");
    }

    @Test
    void anOperatorWithATokenGetsTheStatusOverTls() {
        try (TestServer server = server(identities.security());
                Connection operator = identities.connect(server, identities.token(Role.OPERATOR))) {
            status(operator);
        }
    }

    @Test
    void plainTextIsNotUnderstood() {
        try (TestServer server = server(identities.security())) {
            assertThatThrownBy(() -> server.admin().getStatus(GetStatusRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() {
        identities.server(TestIdentities.leaf("CN=localhost", TestIdentities.authority("CN=else"), Duration.ofDays(1)));
        try (TestServer server = server(identities.security());
                Connection operator = identities.connect(server, identities.token(Role.OPERATOR))) {
            assertThatThrownBy(() -> status(operator))
                    .hasStackTraceContaining("unable to find valid certification path");
        }
    }

    @Test
    void aServerWhoseCertificateHasExpiredIsNotTrusted() {
        identities.server(TestIdentities.leaf("CN=localhost", identities.serverCa, Duration.ofDays(-1)));
        try (TestServer server = server(identities.security());
                Connection operator = identities.connect(server, identities.token(Role.OPERATOR))) {
            assertThatThrownBy(() -> status(operator)).hasStackTraceContaining("CertificateExpiredException");
        }
    }

    @Test
    void clientsWithoutAGoodCertificateDoNotGetInWhereOneIsAskedFor() {
        ListenerSecurity both = ListenerSecurity.of(identities.tls(true), identities.tokens());
        String token = identities.token(Role.OPERATOR);
        X509Bundle good = TestIdentities.leaf("CN=head office", identities.clientCa, Duration.ofDays(1));
        X509Bundle expired = TestIdentities.leaf("CN=head office", identities.clientCa, Duration.ofDays(-1));
        X509Bundle stranger = TestIdentities.leaf("CN=head office", identities.serverCa, Duration.ofDays(1));
        try (TestServer server = server(both)) {
            try (Connection in = identities.connect(server, token, good)) {
                status(in);
            }
            for (X509Bundle bad : new X509Bundle[] {null, expired, stranger}) {
                try (Connection out = identities.connect(server, token, bad)) {
                    assertThatThrownBy(() -> status(out))
                            .isInstanceOfSatisfying(
                                    StatusRuntimeException.class,
                                    e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
                }
            }
        }
    }

    @Test
    void aTokenBoundToACertificateIsWorthNothingWithAnother() throws Exception {
        ListenerSecurity both = ListenerSecurity.of(identities.tls(true), identities.tokens());
        X509Bundle own = TestIdentities.leaf("CN=own", identities.clientCa, Duration.ofDays(1));
        X509Bundle other = TestIdentities.leaf("CN=other", identities.clientCa, Duration.ofDays(1));
        String thumbprint = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(own.getCertificate().getEncoded()));
        Caller bound = TestIdentities.caller(Role.OPERATOR, Duration.ofHours(1), 0, thumbprint);
        String token = identities.issuer.issue(bound, "assidu", System.currentTimeMillis());
        try (TestServer server = server(both)) {
            try (Connection in = identities.connect(server, token, own)) {
                status(in);
            }
            try (Connection out = identities.connect(server, token, other)) {
                refused(() -> status(out), Status.Code.UNAUTHENTICATED, "TOKEN_OF_ANOTHER_CERTIFICATE");
            }
        }
    }

    @Test
    void badTokensAreRefused() {
        Caller operator = TestIdentities.caller(Role.OPERATOR, Duration.ofHours(1), 0, null);
        long now = System.currentTimeMillis();
        try (TestServer server = server(identities.security())) {
            for (String bad : new String[] {
                "nonsense",
                TokenIssuer.create().issue(operator, "assidu", now),
                identities.issuer.issue(operator, "another-server", now),
                // Unsigned: {"alg":"none"}
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZXMiOlsib3BlcmF0b3IiXSwiYXVkIjoiYXNzaWR1IiwiZXhwIjo0MTAyNDQ0ODAwfQ."
            }) {
                try (Connection out = identities.connect(server, bad)) {
                    refused(() -> status(out), Status.Code.UNAUTHENTICATED, "TOKEN_INVALID");
                }
            }
            try (Connection late =
                    identities.connect(server, identities.token(Role.OPERATOR, Duration.ofSeconds(-1)))) {
                refused(() -> status(late), Status.Code.UNAUTHENTICATED, "TOKEN_EXPIRED");
            }
        }
    }

    @Test
    void aCallWithoutATokenIsRefusedAndHealthIsNot() {
        try (TestServer server = server(ListenerSecurity.of(null, identities.tokens()))) {
            refused(
                    () -> server.admin().getStatus(GetStatusRequest.getDefaultInstance()),
                    Status.Code.UNAUTHENTICATED,
                    "TOKEN_MISSING");
            assertThat(HealthGrpc.newBlockingStub(server.channel)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus())
                    .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        }
    }

    @Test
    void aRoleThatMayNotCallIsRefused() {
        try (TestServer server = server(identities.security());
                Connection till = identities.connect(server, identities.token(Role.TILL, "S1"))) {
            refused(() -> status(till), Status.Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED");
            refused(
                    () -> AdminServiceGrpc.newBlockingStub(till.channel())
                            .exportNow(ExportNowRequest.newBuilder()
                                    .setDirectory("/tmp/x")
                                    .build())
                            .hasNext(),
                    Status.Code.PERMISSION_DENIED,
                    "ROLE_NOT_ALLOWED");
        }
    }

    @Test
    void aTillActsForItsStoresOnly() {
        try (TestServer server = server(identities.security());
                Connection till = identities.connect(server, identities.token(Role.TILL, "S1", "S2"))) {
            for (String own : new String[] {"S1", "S2"}) {
                accrual(till.channel())
                        .recordReceipt(RecordReceiptRequest.newBuilder()
                                .setReceipt(receipt(own, 1))
                                .build());
            }
            refused(
                    () -> accrual(till.channel())
                            .recordReceipt(RecordReceiptRequest.newBuilder()
                                    .setReceipt(receipt("S3", 1))
                                    .build()),
                    Status.Code.PERMISSION_DENIED,
                    "STORE_NOT_YOURS");
            MemberServiceGrpc.MemberServiceBlockingStub members = MemberServiceGrpc.newBlockingStub(till.channel());
            EnrolRequest.Builder enrol = EnrolRequest.newBuilder()
                    .addIdentifiers(Identifier.newBuilder().setCard(TestServer.card(1)));
            refused(() -> members.enrol(enrol.build()), Status.Code.PERMISSION_DENIED, "STORE_NOT_YOURS");
            refused(
                    () -> members.enrol(enrol.setStore("S3").build()),
                    Status.Code.PERMISSION_DENIED,
                    "STORE_NOT_YOURS");
            assertThat(members.enrol(enrol.setStore("S2").build()).getCreated()).isTrue();
        }
    }

    @Test
    void aStreamEndsWithAnotherStoresReceiptAndKeepsWhatCameBefore() {
        try (TestServer server = server(identities.security());
                Connection till = identities.connect(server, identities.token(Role.TILL, "S1"))) {
            SalesClient client = SalesClient.open(till.channel());
            client.send(StreamSalesRequest.newBuilder()
                    .addReceipts(receipt("S1", 1))
                    .build());
            client.send(StreamSalesRequest.newBuilder()
                    .addReceipts(receipt("S1", 2))
                    .addReceipts(receipt("S9", 1))
                    .build());
            ended(client, Status.Code.PERMISSION_DENIED, "STORE_NOT_YOURS");
            assertThat(client.untaken()).isEqualTo(1);
            assertThat(server.pipeline.status().join().receipts()).isEqualTo(1);
        }
    }

    @Test
    void membersSeeThemselvesOnly() {
        try (TestServer server = server(identities.security());
                Connection desk = identities.connect(server, identities.token(Role.SERVICE_DESK, "*"))) {
            MemberServiceGrpc.MemberServiceBlockingStub members = MemberServiceGrpc.newBlockingStub(desk.channel());
            long[] keys = new long[2];
            for (int i = 0; i < 2; i++) {
                keys[i] = members.enrol(EnrolRequest.newBuilder()
                                .addIdentifiers(Identifier.newBuilder().setCard(TestServer.card(i)))
                                .build())
                        .getMemberKey();
            }
            Caller self = TestIdentities.caller(Role.MEMBER_SELF, Duration.ofHours(1), keys[0], null);
            String token = identities.issuer.issue(self, "assidu", System.currentTimeMillis());
            try (Connection app = identities.connect(server, token)) {
                MemberServiceGrpc.MemberServiceBlockingStub own = MemberServiceGrpc.newBlockingStub(app.channel());
                assertThat(own.lookUp(by(Identifier.newBuilder().setMemberKey(keys[0])))
                                .getMemberKey())
                        .isEqualTo(keys[0]);
                refused(
                        () -> own.lookUp(by(Identifier.newBuilder().setMemberKey(keys[1]))),
                        Status.Code.PERMISSION_DENIED,
                        "NOT_YOURSELF");
                refused(
                        () -> own.lookUp(by(Identifier.newBuilder().setCard(TestServer.card(1)))),
                        Status.Code.PERMISSION_DENIED,
                        "NOT_YOURSELF");
            }
        }
    }

    private static LookUpRequest by(Identifier.Builder member) {
        return LookUpRequest.newBuilder().setMember(member).build();
    }

    @Test
    void aStreamEndsWhenItsTokenExpiresAndGoesOnWithANewOne() throws Exception {
        try (TestServer server = server(identities.security());
                Connection till =
                        identities.connect(server, identities.token(Role.TILL, Duration.ofSeconds(3), "S1"))) {
            SalesClient watched = SalesClient.open(till.channel());
            SalesSender sender = new SalesSender(till.channel(), ONE_BY_ONE, (receipt, result) -> {
                throw new AssertionError("refused: " + result);
            });
            sender.send(receipt("S1", 1).build());
            watched.send(StreamSalesRequest.newBuilder()
                    .addReceipts(receipt("S1", 100))
                    .build());
            ended(watched, Status.Code.UNAUTHENTICATED, "TOKEN_EXPIRED");
            assertThat(watched.untaken()).isEqualTo(1);
            identities.write("token", identities.token(Role.TILL, "S1"));
            sender.send(receipt("S1", 2).build());
            SendSummary sent = sender.finish();
            assertThat(sent.receipts()).isEqualTo(2);
            assertThat(server.pipeline.status().join().receipts()).isEqualTo(3);
        }
    }

    @Test
    void aRenewedCertificateServesNewConnectionsWithoutARestart() {
        X509Bundle otherCa = TestIdentities.authority("CN=next authority");
        String token = identities.token(Role.OPERATOR);
        try (TestServer server = server(identities.security());
                Connection before = identities.connect(server, token)) {
            status(before);
            identities.server(TestIdentities.leaf("CN=localhost", otherCa, Duration.ofDays(1)));
            identities.write("server-ca.pem", otherCa.getCertificatePEM());
            until(() -> {
                try (Connection after = identities.connect(server, token)) {
                    status(after);
                }
            });
            status(before);
        }
    }

    @Test
    void anAuthorityThatIsTakenAwayLetsNobodyInAnyMore() {
        ListenerSecurity both = ListenerSecurity.of(identities.tls(true), identities.tokens());
        String token = identities.token(Role.OPERATOR);
        X509Bundle client = TestIdentities.leaf("CN=head office", identities.clientCa, Duration.ofDays(1));
        try (TestServer server = server(both)) {
            try (Connection in = identities.connect(server, token, client)) {
                status(in);
            }
            identities.write(
                    "client-ca.pem",
                    TestIdentities.authority("CN=next authority").getCertificatePEM());
            until(() -> {
                try (Connection out = identities.connect(server, token, client)) {
                    assertThatThrownBy(() -> status(out)).isInstanceOf(StatusRuntimeException.class);
                }
            });
        }
    }

    @Test
    void tokensOfAKeyThatIsTakenAwayAreRefusedWithoutARestart() {
        String token = identities.token(Role.OPERATOR);
        try (TestServer server = server(identities.security());
                Connection operator = identities.connect(server, token)) {
            status(operator);
            identities.write("keys.json", "{ half a file");
            status(operator);
            identities.write("keys.json", TokenIssuer.create().publicText());
            until(() -> refused(() -> status(operator), Status.Code.UNAUTHENTICATED, "TOKEN_INVALID"));
        }
    }

    @Test
    void keysThatCouldSignAreNotTaken() {
        identities.write("keys.json", "{\"keys\":[" + identities.issuer.privateText() + "]}");
        assertThatThrownBy(() -> server(ListenerSecurity.of(null, new TokenSettings(folder.resolve("keys.json"), "a"))))
                .hasMessageContaining("public keys only");
    }

    @Test
    void aClientBeyondItsQuotaIsReadMoreSlowlyAndLosesNothing() throws Exception {
        ListenerSecurity tight = identities.security().withQuotas(new QuotaLimits(0, 40, 1));
        try (TestServer server = server(tight);
                Connection till = identities.connect(server, identities.token(Role.TILL, "S1"))) {
            SalesSender sender = new SalesSender(till.channel(), ONE_BY_ONE, (receipt, result) -> {});
            int receipts = 150;
            for (int number = 1; number <= receipts; number++) {
                sender.send(receipt("S1", number).build());
            }
            ended(SalesClient.open(till.channel()), Status.Code.RESOURCE_EXHAUSTED, "TOO_MANY_STREAMS");
            assertThat(sender.finish().receipts()).isEqualTo(receipts);
        }
    }

    @Test
    void aConnectionOfAgeIsReplacedAndNothingIsLost() throws Exception {
        GrpcServerConfig aging = GrpcServerConfig.loopback(0).withConnectionAge(1, 1);
        try (TestServer server = TestServer.start(folder.resolve("data"), aging, identities.security());
                Connection till = identities.connect(server, identities.token(Role.TILL, "S1"))) {
            SalesSender sender = new SalesSender(till.channel(), ONE_BY_ONE, (receipt, result) -> {});
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            long number = 0;
            while (System.nanoTime() < until) {
                sender.send(receipt("S1", ++number).build());
            }
            assertThat(sender.finish().receipts()).isEqualTo(number);
            assertThat(server.pipeline.status().join().receipts()).isEqualTo(number);
        }
    }

    /** Tries again until it holds; the test's own time limit ends it. */
    private static void until(Runnable check) {
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError | StatusRuntimeException notYet) {
                Thread.onSpinWait();
            }
        }
    }
}
