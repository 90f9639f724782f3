package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal data that is planted by every way into a server process, which logs at DEBUG, and looked for in everything that it and the
 * tools around it write. The log of gRPC's own frames stays off, as it is shipped: at DEBUG it prints what is sent.
 */
@Timeout(300)
final class PlantedDataTest {
    private static final long CARD = Ean13.withCheckDigit(298_314_159_265L);
    private static final long NEW_CARD = Ean13.withCheckDigit(298_271_828_182L);
    private static final long IMPORTED_CARD = Ean13.withCheckDigit(298_161_803_398L);
    private static final long TWIN_CARD = Ean13.withCheckDigit(298_141_421_356L);
    private static final long ERASED_CARD = Ean13.withCheckDigit(298_173_205_080L);
    private static final long STRANGE_CARD = Ean13.withCheckDigit(577_215_664_901L);
    private static final String PHONE = "+33698765432";
    private static final String EMAIL = "zoe.quillevere@mail.example.org";
    private static final String IMPORTED_EMAIL = "imported.person@mail.example.org";
    private static final String TWIN_PHONE = "+33611223355";
    private static final String QR = "QR.7f3a9c51e0.zq-Token";
    private static final String NOBODY = "nobody.asked@mail.example.org";
    private static final String SKU = "8710398";
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            purse: {id: points, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}
            acts: [{id: referrer, act: REFERRER, points: 20, times: 10}, {id: referred, act: REFERRED, points: 10, times: 1}]
            shop: [{id: mug, name: {en: Mug}, kind: FREE_ARTICLE, sku: "9000002", price: 5}]
            cards: [{from: 2980000000003, to: 2999999999991, auto_enrol: true}]
            desk: {adjustment_limit: 1000, approval_above: 100, claim_days: 30}
            """;
    private static final String DEBUG = """
            <configuration>
              <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%d %-5level %logger - %msg%n%ex</pattern></encoder>
              </appender>
              <logger name="net.openhft" level="WARN"/>
              <logger name="io.netty" level="WARN"/>
              <logger name="io.grpc" level="WARN"/>
              <root level="DEBUG"><appender-ref ref="STDERR"/></root>
            </configuration>
            """;

    @TempDir
    private Path folder;

    private final Planted planted = new Planted();
    private final StringBuilder refusals = new StringBuilder();
    private String address = "";
    private int receipts;

    @Test
    void everyFormOfAPlantedValueIsFoundWhereItIs() throws IOException {
        plantValues();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Planted.Form form : planted.forms()) {
            all.write("~~".getBytes(StandardCharsets.US_ASCII));
            all.write(form.bytes());
        }
        Path control = Files.createDirectories(folder.resolve("control"));
        Files.write(control.resolve("found"), all.toByteArray());

        assertThat(planted.in(all.toByteArray())).containsAll(planted.forms());
        assertThat(planted.forms()).hasSizeGreaterThan(300);
        assertThat(planted.under(control)).anyMatch(found -> found.contains("Quillévéré as UTF-16LE"));
        assertThat(planted.in("nothing of the kind, 20260101")).isEmpty();
    }

    @Test
    void whatIsPlantedIsInNoJournalSnapshotSealExportBackupEventOrLog() throws Exception {
        plantValues();
        Path data = folder.resolve("data");
        ServerProcess server = start(data);
        address = server.address();
        publish();
        enrolEverybody();
        sell();
        actAtTheDesk();
        askBadly();
        takeOut(data, "before");
        assertNothingIsFound(data, "before");

        String outstanding = run("status", "--json").json("outstandingMicro");
        run("member", "erase", "--card", Ean13.text(ERASED_CARD), "--yes");
        run("member", "erase", "--card", Ean13.text(NEW_CARD), "--yes");
        assertThat(run("status", "--json").json("outstandingMicro"))
                .as("totals do not notice")
                .isEqualTo(outstanding);
        assertThat(run("member", "find", "quillevere").out()).contains("0 found");
        assertThat(tryTo("member", "show", "--phone", PHONE).err()).contains("NOT_FOUND");
        takeOut(data, "after");
        server.stop();
        assertNothingIsFound(data, "after");
        assertThat(Files.readString(ServerProcess.log(data)))
                .as("the log is at DEBUG")
                .contains(" DEBUG ");
        assertThat(Terminal.type("verify", "--data", data.toString()).out()).contains("outcomes identical");
        Path restored = folder.resolve("restored");
        Terminal restore = Terminal.type(
                "restore", "--from", backup() + "", "--directory", people() + "", "--data", restored + "");
        assertThat(restore.code()).as(restore.err()).isZero();
        assertThat(planted.in(restore.out())).isEmpty();
        assertThat(planted.under(restored)).isEmpty();
    }

    private void plantValues() {
        for (long card : new long[] {CARD, NEW_CARD, IMPORTED_CARD, TWIN_CARD, ERASED_CARD, STRANGE_CARD}) {
            planted.number(card);
            // Without check digit.
            planted.number(card / 10);
        }
        for (String phone : List.of(PHONE, TWIN_PHONE)) {
            planted.number(Long.parseLong(phone.substring(1))).text("0" + phone.substring(3));
        }
        for (String text : List.of(
                EMAIL,
                IMPORTED_EMAIL,
                NOBODY,
                QR,
                "Quillévéré",
                "Zénobie",
                "17 rue des Lilas",
                "Kerlouan",
                "1987-03-21",
                "Lindqvist",
                "1959-12-07")) {
            planted.text(text);
        }
        planted.number(19870321).number(19591207);
    }

    private ServerProcess start(Path data) throws IOException {
        Path logback = Files.writeString(folder.resolve("debug.xml"), DEBUG);
        Path key = folder.resolve("seal.key");
        assertThat(Terminal.type("seal", "key", "--private", key + "", "--public", folder.resolve("seal.pub") + "")
                        .code())
                .isZero();
        Path forwarders = Files.writeString(
                folder.resolve("forwarders.yaml"),
                "forwarders:\n  - {name: crm, files: {folder: events, rotate_mib: 1}}\n");
        return ServerProcess.start(
                data,
                Durability.FAST,
                List.of("-Dlogback.configurationFile=" + logback),
                List.of("--seal-key", key + "", "--config", forwarders + "", "--snapshot-hours", "0"));
    }

    private void publish() throws IOException {
        run("programme", "publish", Files.writeString(folder.resolve("programme.yaml"), PROGRAMME) + "");
    }

    private Terminal run(String... command) {
        Terminal typed = tryTo(command);
        assertThat(typed.code())
                .as(String.join(" ", command) + typed.out() + typed.err())
                .isZero();
        return typed;
    }

    private Terminal tryTo(String... command) {
        String[] withServer = java.util.Arrays.copyOf(command, command.length + 2);
        withServer[command.length] = "--server";
        withServer[command.length + 1] = address;
        return Terminal.type(withServer);
    }

    private void enrolEverybody() throws IOException {
        run("member", "enrol", "--card", Ean13.text(CARD));
        run("member", "link", "--card", Ean13.text(CARD), "--add-phone", PHONE);
        run("member", "link", "--card", Ean13.text(CARD), "--add-email", EMAIL);
        rectify(CARD, "Quillévéré", "Zénobie", "1987-03-21");
        run("member", "enrol", "--card", Ean13.text(TWIN_CARD));
        run("member", "link", "--card", Ean13.text(TWIN_CARD), "--add-phone", TWIN_PHONE);
        rectify(TWIN_CARD, "Quillévéré", "Zénobie", "1987-03-21");
        run("member", "enrol", "--card", Ean13.text(ERASED_CARD));
        rectify(ERASED_CARD, "Lindqvist", "Zénobie", "1959-12-07");
        try (var desk = org.assidu.accrual.load.Connection.to(address)) {
            var unused = MemberServiceGrpc.newBlockingStub(desk.channel())
                    .enrol(EnrolRequest.newBuilder()
                            .addIdentifiers(Identifier.newBuilder().setCard(CARD))
                            .addIdentifiers(Identifier.newBuilder().setQrToken(QR))
                            .build());
        }
        Path rows = Files.writeString(
                folder.resolve("members.csv"), """
                external_id,card,email,enrolled_at,purse,amount,earned_on,expires_on
                a-1,%d,%s,2024-05-01,points,120.5,2025-11-03,2099-12-31
                a-2,%d,,2024-05-01,points,1,2025-13-03,2099-12-31
                """.formatted(IMPORTED_CARD, IMPORTED_EMAIL, STRANGE_CARD));
        assertThat(tryTo("members", "import", rows + "", "--author", "anna").out())
                .contains("2 members", "1 refused");
        run("member", "refer", "--card", Ean13.text(CARD), "--new-card", Ean13.text(IMPORTED_CARD));
    }

    private void rectify(long card, String family, String given, String birth) {
        run(
                "member",
                "rectify",
                "--card",
                Ean13.text(card),
                "--set",
                "family_name=" + family,
                "--set",
                "given_name=" + given,
                "--set",
                "birth_date=" + birth,
                "--set",
                "address=17 rue des Lilas",
                "--set",
                "city=Kerlouan");
    }

    private void sell() {
        for (Identifier.Builder member : List.of(
                Identifier.newBuilder().setCard(CARD),
                Identifier.newBuilder().setPhone(PHONE),
                Identifier.newBuilder().setEmail(EMAIL),
                Identifier.newBuilder().setQrToken(QR),
                Identifier.newBuilder().setCard(IMPORTED_CARD),
                Identifier.newBuilder().setCard(TWIN_CARD),
                Identifier.newBuilder().setCard(ERASED_CARD))) {
            ReceiptResult result = sell(member);
            assertThat(result.getMemberKey())
                    .as(member.getKindCase() + ": " + result)
                    .isNotZero();
        }
        for (Identifier.Builder unknown : List.of(
                Identifier.newBuilder().setCard(STRANGE_CARD),
                Identifier.newBuilder().setEmail(NOBODY),
                Identifier.newBuilder().setCard(CARD + 1),
                Identifier.newBuilder().setPhone(PHONE + "x"),
                Identifier.newBuilder().setQrToken(QR.repeat(9)))) {
            refusals.append(sell(unknown)).append('\n');
        }
        receipts++;
        sell(Identifier.newBuilder());
    }

    private ReceiptResult sell(Identifier.Builder member) {
        receipts++;
        try (var till = org.assidu.accrual.load.Connection.to(address)) {
            Receipt.Builder receipt = Receipt.newBuilder()
                    .setIdentity(ReceiptIdentity.newBuilder()
                            .setStore("S1")
                            .setTill("1")
                            .setNumber(receipts))
                    .setSoldAtMillis(System.currentTimeMillis() - 60_000)
                    .setCurrency("EUR")
                    .addLines(SaleLine.newBuilder()
                            .setSku(SKU)
                            .setQuantityThousandths(1_000)
                            .setAmountMinor(1_250));
            if (member.getKindCase() != Identifier.KindCase.KIND_NOT_SET) {
                receipt.setMember(member);
            }
            return AccrualServiceGrpc.newBlockingStub(till.channel())
                    .recordReceipt(RecordReceiptRequest.newBuilder()
                            .setReceipt(receipt)
                            .build())
                    .getResult();
        }
    }

    private void actAtTheDesk() {
        String card = Ean13.text(CARD);
        String number = Integer.toString(receipts);
        run("member", "claim", "--card", card, "--store", "S1", "--till", "1", "--number", number, "--author", "anna");
        run(
                "member",
                "adjust",
                "--card",
                card,
                "--amount",
                "10",
                "--id",
                "a1",
                "--author",
                "anna",
                "--reason",
                "goodwill");
        run("reward", "reserve", "mug", "--phone", PHONE, "--id", "v1");
        run("reward", "commit", "v1");
        String code =
                run("code", "issue", "--value", "2500", "--id", "g1", "--json").json("code");
        planted.text(code).text(code.replace("-", ""));
        run("code", "redeem", code, "--amount", "100", "--id", "r1");
        run("member", "join-household", "--card", card, "--with-card", Ean13.text(IMPORTED_CARD), "--author", "anna");
        run(
                "member",
                "merge",
                "--card",
                card,
                "--absorbed-card",
                Ean13.text(TWIN_CARD),
                "--author",
                "b",
                "--reason",
                "twice");
        run("member", "block", card);
        run("member", "unblock", card, "--author", "anna", "--reason", "found");
        run(
                "member",
                "replace",
                "--card",
                card,
                "--new-card",
                Ean13.text(NEW_CARD),
                "--author",
                "anna",
                "--reason",
                "lost");
        run("member", "show", "--email", EMAIL);
        run("member", "statement", "--phone", TWIN_PHONE);
        assertThat(run("member", "find", "quillevere").out()).contains("Quillévéré");
        run("member", "export", "--phone", PHONE, "--out", folder.resolve("access.json") + "");
    }

    /** Messages to the caller, and what is logged of it, say what is wrong and do not quote whom it concerns. */
    private void askBadly() {
        for (String[] command : new String[][] {
            {"member", "show", "--email", NOBODY},
            {"member", "show", "--card", Long.toString(STRANGE_CARD)},
            {"member", "profile", "--phone", PHONE + "00"},
            {"member", "rectify", "--phone", PHONE, "--set", "birth_date=Quillévéré"},
            {"member", "rectify", "--phone", PHONE, "--set", "city=" + "Kerlouan".repeat(90)},
            {"member", "link", "--phone", PHONE, "--add-card", Ean13.text(IMPORTED_CARD)},
            {"member", "enrol", "--email", "Quillévéré at home"},
            {"member", "link", "--phone", PHONE, "--add-phone", TWIN_PHONE, "--add-email", NOBODY},
            {"code", "redeem", "0000-0000-0000-0001-2", "--amount", "1"},
        }) {
            Terminal typed = tryTo(command);
            assertThat(typed.code()).as(String.join(" ", command)).isNotZero();
            refusals.append(typed.err()).append(typed.out()).append('\n');
        }
        assertThat(refusals.toString()).contains("NOT_FOUND", "birth_date");
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    private Path people() {
        return folder.resolve("people");
    }

    /** Everything that leaves a server. */
    private void takeOut(Path data, String when) {
        String source = data.toString();
        run("export", "--out", folder.resolve("export-" + when) + "");
        assertThat(Terminal.type("snapshot", "--data", source).code()).isZero();
        run("backup", "--data", source, "--to", backup() + "", "--directory", people() + "");
        for (String[] command : new String[][] {
            {"events", "tail", "--no-follow", "--json"},
            {"status"},
            {"status", "--json"},
            {"member", "waiting"}
        }) {
            assertThat(planted.in(run(command).out())).isEmpty();
        }
        assertThat(planted.in(Terminal.type("dump", "--data", source).out())).isEmpty();
    }

    private void assertNothingIsFound(Path data, String when) throws Exception {
        Planted sku = new Planted().text(SKU);
        Path export = folder.resolve("export-" + when);
        List<String> parts = List.of("journal", "snapshots", "directory", "seals");
        // The seal of the stop is the first.
        for (String part : parts.subList(0, when.equals("after") ? 4 : 3)) {
            assertThat(data.resolve(part)).as("is there to be searched").isNotEmptyDirectory();
        }
        assertThat(sku.under(data.resolve("journal")))
                .as("the search finds what is there")
                .isNotEmpty();
        assertThat(planted.under(data)).isEmpty();
        assertThat(planted.under(backup())).isEmpty();
        assertThat(planted.under(people())).as("encrypted and hashed").isEmpty();
        assertThat(planted.under(folder.resolve("events"))).isEmpty();
        assertThat(planted.under(export)).isEmpty();
        assertThat(planted.in(Files.readAllBytes(ServerProcess.log(data)))).isEmpty();
        String cells = exported(export);
        assertThat(cells).contains(SKU);
        assertThat(planted.in(cells)).isEmpty();
        assertThat(planted.in(refusals.toString())).isEmpty();
    }

    /** All cells of all tables: the files are compressed. */
    private static String exported(Path export) throws Exception {
        StringBuilder cells = new StringBuilder();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                Stream<Path> files = Files.walk(export)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                try (ResultSet rows = statement.executeQuery("FROM read_parquet('" + file + "')")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= columns; column++) {
                            cells.append(rows.getString(column)).append('\n');
                        }
                    }
                }
            }
        }
        return cells.toString();
    }
}
