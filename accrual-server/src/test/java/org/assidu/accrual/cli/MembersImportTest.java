package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members of another system: what a file says is what the server has, or the command says where it is not. */
@Timeout(300)
final class MembersImportTest {
    private static final long RANDOM_SEED = Long.getLong("seed", System.nanoTime());
    private static final int MEMBERS = 3_000;
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            purse: {id: points, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}
            money_purses: [{id: cagnotte}]
            tiers:
              measure: SPEND
              window: CALENDAR_YEAR
              levels: [{id: silver, reaches: 100}, {id: gold, reaches: 500}]
            """;

    @TempDir
    private Path folder;

    private Path publish(RunningServer server) throws IOException {
        Path file = Files.writeString(folder.resolve("programme.yaml"), PROGRAMME);
        Terminal published = server.type("programme", "publish", file.toString());
        assertThat(published.code()).as(published.out() + published.err()).isZero();
        return file;
    }

    private static long card(int serial) {
        return Ean13.withCheckDigit(290_000_000_000L + serial);
    }

    @Test
    void membersComeWithCardsLotsTierAndConsentsAndEachExternalIdOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("members.csv"), """
                external_id,card,email,enrolled_at,store,terms_version,tier,tier_review_on,purse,amount,earned_on,expires_on,consent,consent_granted,consent_wording,consent_channel,consent_at
                a-1,%d,a@example.org,2024-05-01,Lyon,2024-1,gold,2099-01-31,points,120.5,2025-11-03,2099-12-31,email,true,w7,web,2024-05-01T09:00:00Z
                a-1,%d,,,,,,,,30,2026-01-15,2099-12-31,sms,false,w7,store,2024-05-01
                a-1,,,,,,,,cagnotte,250,2026-01-15,,,,,,
                a-2,%d,,2025-01-01,,,,,,10,2020-01-01,2021-01-31,,,,,
                a-3,%d,,,,,,,,,,,,,,,
                """.formatted(card(1), card(2), card(3), card(4)));
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            publish(server);
            Terminal done = server.type("members", "import", file.toString(), "--author", "anna");
            assertThat(done.code()).as(done.out() + done.err()).isZero();
            assertThat(done.out())
                    .contains("5 rows: 3 members, 0 of them here before, 0 refused")
                    .containsPattern("points +file +160.5 +refused +0 +server +160.5 +equal")
                    .containsPattern("cagnotte +file +250 +refused +0 +server +250 +equal")
                    .contains("\nreconciled");
            String shown = server.type("member", "show", "--card", "" + card(2)).out();
            assertThat(shown).contains("150.5").contains("2.5");
            assertThat(server.type("member", "profile", "--email", "a@example.org", "--json")
                            .out())
                    .contains("CONSENT_PURPOSE_EMAIL")
                    .contains("CONSENT_PURPOSE_SMS")
                    .contains("w7");
            Terminal day = server.type(
                    "tick", "--until", LocalDate.now(ZoneId.of("Europe/Paris")).toString());
            assertThat(day.code()).as(day.out() + day.err()).isZero();
            assertThat(server.type("member", "show", "--card", "" + card(3), "--json")
                            .json("balanceMicro"))
                    .as("what had ended before is credited and expires with the first day")
                    .isEqualTo("0");
            String before = server.type("status", "--json").json("stateHash");
            Terminal again = server.type("members", "import", file.toString(), "--author", "anna");
            assertThat(again.code()).as(again.out() + again.err()).isZero();
            assertThat(again.out()).contains("3 members, 3 of them here before").contains("\nreconciled");
            assertThat(server.type("status", "--json").json("stateHash")).isEqualTo(before);
        }
        Terminal verified =
                Terminal.type("verify", "--data", folder.resolve("data").toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    @Test
    void whatIsRefusedIsInTheRejectsFileWithItsReasonAndTheCommandFails() throws IOException {
        Path file = Files.writeString(folder.resolve("members.csv"), """
                external_id,card,tier,purse,amount,earned_on,expires_on
                a-1,%d,,,10,2026-01-15,2099-12-31
                a-2,%d,,,12,2026-13-15,
                a-3,%d,,stamps,13,2026-01-15,
                a-4,%d,platinum,,14,2026-01-15,
                a-5,124,,,15,2026-01-15,
                a-6,,,,16,2026-01-15,
                a-7,%d,,,-17,2026-01-15,
                a-8,%d,,,18,,
                a-9,%d,,cagnotte,19,2026-01-15,2099-12-31
                a-1,%d,,,20,2026-01-15,2099-12-31
                """.formatted(
                        card(1), card(2), card(3), card(4), card(7), card(8), card(9), card(10)));
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            publish(server);
            Terminal done = server.type("members", "import", file.toString(), "--author", "anna");
            assertThat(done.code()).as(done.out() + done.err()).isEqualTo(Assidu.PARTIAL);
            assertThat(done.out())
                    .contains("10 members, 0 of them here before, 9 refused")
                    .contains("DIFFERENT")
                    .contains("NOT reconciled");
            assertThat(Files.readAllLines(Path.of(file + ".rejects.csv")))
                    .hasSize(10)
                    .anySatisfy(row -> assertThat(row).startsWith("a-2").contains("'2026-13-15' is no day"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-3").contains("SUBJECT_UNKNOWN"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-4").contains("SUBJECT_UNKNOWN"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-5").contains("not an EAN-13"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-6").contains("identifiers: 0"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-7").contains("amount_micro: -17000000"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-8").contains("earned_day: missing"))
                    .anySatisfy(row -> assertThat(row).startsWith("a-9").contains("MALFORMED"))
                    .anySatisfy(
                            row -> assertThat(row).startsWith("a-1").contains("imported before with other content"));
        }
    }

    @Test
    void anImportRunAgainAfterKillsEndsAsIfNothingHadHappened() throws Exception {
        System.out.println("MembersImportTest -Dseed=" + RANDOM_SEED);
        Path file = folder.resolve("many.csv");
        StringBuilder rows = new StringBuilder("external_id,card,enrolled_at,purse,amount,earned_on,expires_on\n");
        for (int member = 1; member <= MEMBERS; member++) {
            rows.append(
                    "m-%d,%d,2024-01-31,points,%d.5,2026-01-15,2099-12-31%n".formatted(member, card(member), member));
            rows.append("m-%d,,,cagnotte,%d,2026-01-15,%n".formatted(member, member));
        }
        Files.writeString(file, rows);
        String undisturbed;
        try (RunningServer server = new RunningServer(ServerConfig.at(folder.resolve("undisturbed"))
                .withDurability(Durability.FAST)
                .withMemberKeySeed(ServerProcess.MEMBER_KEY_SEED))) {
            publish(server);
            assertThat(server.type("members", "import", file.toString(), "--author", "anna")
                            .code())
                    .isZero();
            undisturbed = server.type("status", "--json").json("stateHash");
        }
        Path data = folder.resolve("killed");
        Random random = new Random(RANDOM_SEED);
        int interrupted = 0;
        for (int attempt = 0; attempt < 2; attempt++) {
            ServerProcess server = ServerProcess.start(data, Durability.FAST);
            String address = server.address();
            Terminal.type(
                    "programme", "publish", folder.resolve("programme.yaml").toString(), "--server", address);
            CompletableFuture<Terminal> run = CompletableFuture.supplyAsync(
                    () -> Terminal.type("members", "import", file.toString(), "--author", "anna", "--server", address));
            awaitMembers(address, 1 + random.nextInt(MEMBERS / 2) + attempt * MEMBERS / 3, run);
            server.kill();
            interrupted += run.get(60, TimeUnit.SECONDS).code() == 0 ? 0 : 1;
        }
        assertThat(interrupted).as("imports that a kill interrupted").isPositive();
        ServerProcess server = ServerProcess.start(data, Durability.FAST);
        Terminal last = Terminal.type(
                "members", "import", file.toString(), "--author", "anna", "--server", server.address(), "--json");
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        assertThat(last.json("reconciled")).isEqualTo("true");
        assertThat(last.json("members_before")).isNotEqualTo("0");
        Terminal status = Terminal.type("status", "--server", server.address(), "--json");
        assertThat(status.json("stateHash")).isEqualTo(undisturbed);
        server.stop();
        Terminal verified = Terminal.type("verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    private static void awaitMembers(String address, long members, CompletableFuture<?> run) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            var admin = AdminServiceGrpc.newBlockingStub(channel);
            while (!run.isDone()
                    && admin.getStatus(GetStatusRequest.getDefaultInstance()).getMembers() < members) {
                Thread.onSpinWait();
            }
        } finally {
            channel.shutdownNow();
        }
    }
}
