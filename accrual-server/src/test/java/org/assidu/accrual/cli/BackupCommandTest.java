package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.backup.Manifest;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a server that runs, and what comes back of them. */
@Timeout(120)
class BackupCommandTest {
    private static final long ZOE = Ean13.withCheckDigit(298_000_123_456L);
    private static final long ANNA = Ean13.withCheckDigit(298_000_123_457L);

    @TempDir
    private Path folder;

    private Path data;
    private Path backup;
    private Path people;
    private Path restored;
    private int receipts;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
        backup = folder.resolve("backup");
        people = folder.resolve("people");
        restored = folder.resolve("restored");
    }

    private RunningServer start(Path directory) throws IOException {
        return new RunningServer(ServerConfig.at(directory)
                .withDurability(Durability.FAST)
                .withJournalKind(JournalKind.CHRONICLE)
                .withMemberKeySeed(7));
    }

    private void sell(RunningServer server, long card, int count) {
        try (Connection till = Connection.to(server.address())) {
            for (int i = 0; i < count; i++) {
                receipts++;
                AccrualServiceGrpc.newBlockingStub(till.channel())
                        .recordReceipt(RecordReceiptRequest.newBuilder()
                                .setReceipt(Receipt.newBuilder()
                                        .setIdentity(ReceiptIdentity.newBuilder()
                                                .setStore("S1")
                                                .setTill("1")
                                                .setNumber(receipts))
                                        .setSoldAtMillis(System.currentTimeMillis() - 60_000)
                                        .setCurrency("EUR")
                                        .setMember(Identifier.newBuilder().setCard(card))
                                        .addLines(SaleLine.newBuilder()
                                                .setSku("100001")
                                                .setQuantityThousandths(1_000)
                                                .setAmountMinor(1_250)))
                                .build());
            }
        }
    }

    private void enrol(RunningServer server, long card, String name) {
        ok(server.type("member", "enrol", "--card", Ean13.text(card)));
        ok(server.type("member", "rectify", "--card", Ean13.text(card), "--set", "family_name=" + name));
    }

    private static Terminal ok(Terminal typed) {
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        return typed;
    }

    private Terminal backUp(String... more) {
        return typed(List.of("backup", "--json", "--data", data.toString(), "--to", backup.toString()), List.of(more));
    }

    private Terminal restore(String... more) {
        return typed(List.of("restore", "--from", backup.toString(), "--data", restored.toString()), List.of(more));
    }

    private static Terminal typed(List<String> command, List<String> more) {
        return Terminal.type(Stream.concat(command.stream(), more.stream()).toArray(String[]::new));
    }

    private void bringSecrets() throws IOException {
        for (String secret : List.of("secret.hex", "master.hex")) {
            Files.copy(
                    data.resolve("directory").resolve(secret),
                    restored.resolve("directory").resolve(secret));
        }
    }

    private static String stateHash(RunningServer server) {
        return server.type("status", "--json").json("stateHash");
    }

    @Test
    void aServerThatRunsIsBackedUpAndComesBackWithStateAndPeople() throws IOException {
        String hash;
        try (RunningServer server = start(data)) {
            server.publish("points", folder);
            enrol(server, ZOE, "Quillevere");
            sell(server, ZOE, 3);
        }
        try (RunningServer server = start(data)) {
            sell(server, ZOE, 4);
            hash = stateHash(server);
            Terminal first = ok(backUp("--directory", people.toString()));
            assertThat(first.json("generations")).isEqualTo("2");
            sell(server, ZOE, 2);
        }
        assertThat(ok(Terminal.type("verify", "--data", backup.toString())).out())
                .contains("outcomes identical");
        assertThat(people.resolve("directory-000001")).isDirectoryNotContaining("glob:**.hex");

        Terminal done = ok(restore("--directory", people.toString()));

        assertThat(done.out()).contains("not there: secret.hex and master.hex").contains("restored " + restored);
        bringSecrets();
        try (RunningServer server = start(restored)) {
            assertThat(stateHash(server)).isEqualTo(hash);
            assertThat(ok(server.type("member", "profile", "--card", Ean13.text(ZOE)))
                            .out())
                    .contains("Quillevere");
            // Tills send again what the backup does not hold; the rest is known.
            receipts = 0;
            sell(server, ZOE, 9);
            assertThat(server.type("status", "--json").json("receipts")).isEqualTo("9");
        }
    }

    @Test
    void aSecondRunCopiesWhatIsNewAndReadsAgainWhatIsThere() throws IOException {
        try (RunningServer server = start(data)) {
            server.publish("points", folder);
            enrol(server, ZOE, "Quillevere");
            sell(server, ZOE, 3);
            ok(backUp());
        }
        try (RunningServer server = start(data)) {
            Terminal again = ok(backUp());
            assertThat(again.json("files_copied"))
                    .as("the end of generation 1 was there")
                    .isEqualTo("0");
            sell(server, ZOE, 1);
            Terminal more = ok(backUp());
            assertThat(more.json("files_copied")).isEqualTo("1");
            assertThat(Long.parseLong(more.json("position"))).isGreaterThan(Long.parseLong(again.json("position")));
            assertThat(ok(backUp()).json("bytes_copied")).isEqualTo("0");
            flip(journalFile(backup, 1));
            Terminal mended = ok(backUp());
            assertThat(mended.out()).contains("was damaged and is made anew");
            assertThat(mended.json("files_copied")).isEqualTo("1");
        }
        ok(restore());
        assertThat(ok(Terminal.type("verify", "--data", restored.toString())).out())
                .contains("outcomes identical");
    }

    @Test
    void damagedBackupsAreRefusedBeforeAnythingIsWritten() throws IOException {
        try (RunningServer server = start(data)) {
            server.publish("points", folder);
            enrol(server, ZOE, "Quillevere");
            ok(backUp("--directory", people.toString()));
        }
        Path file = journalFile(backup, 1);
        flip(file);
        Terminal refused = restore("--directory", people.toString());
        assertThat(refused.code()).isEqualTo(Assidu.FAILED);
        assertThat(refused.err())
                .contains(file.toString())
                .contains("sha256 expected=")
                .contains("Nothing was restored");
        flip(file);

        flip(people.resolve("directory-000001").resolve("personal.keys"));
        assertThat(restore("--directory", people.toString()).err()).contains("personal.keys has sha256 expected=");
        Files.writeString(
                backup.resolve("backup.manifest"),
                Files.readString(backup.resolve("backup.manifest")).replace("\"position\" : ", "\"position\" : 1"));
        assertThat(restore().err()).contains("the manifest").contains("is damaged");
        assertThat(restored).doesNotExist();
        assertThat(folder.resolve("restored.restoring")).doesNotExist();
    }

    @Test
    void aFolderInUseAndABackupOfAnotherJournalAreRefused() throws IOException {
        try (RunningServer server = start(data)) {
            server.publish("points", folder);
            enrol(server, ZOE, "Quillevere");
            ok(backUp());
        }
        Files.createDirectories(restored);
        Files.writeString(restored.resolve("mine.txt"), "kept");
        assertThat(restore().err()).contains("is not empty");
        assertThat(restored.resolve("mine.txt")).hasContent("kept");

        Path other = folder.resolve("other");
        try (RunningServer server = start(other)) {
            server.publish("points", folder);
            Terminal refused = Terminal.type("backup", "--data", other.toString(), "--to", backup.toString());
            assertThat(refused.code()).isEqualTo(Assidu.FAILED);
            assertThat(refused.err()).contains("is not of the journal in").contains("give an empty folder");
            assertThat(Terminal.type("backup", "--data", other.toString(), "--to", other + "/in")
                            .err())
                    .contains("is lost with it");
            assertThat(Terminal.type("backup", "--data", other.toString(), "--to", folder.toString())
                            .err())
                    .contains("neither empty nor a backup");
        }
        assertThat(Manifest.read(backup)).isNotNull();
        assertThat(ok(Terminal.type("verify", "--data", backup.toString())).out())
                .contains("outcomes identical");
    }

    @Test
    void erasuresSinceTheBackupOfTheDirectoryAreDoneAgainBeforeTheRestoredServerServes() throws IOException {
        try (RunningServer server = start(data)) {
            server.publish("points", folder);
            enrol(server, ZOE, "Quillevere");
            enrol(server, ANNA, "Lindqvist");
            ok(backUp("--directory", people.toString()));
            ok(server.type("member", "erase", "--card", Ean13.text(ZOE), "--yes"));
            ok(backUp());
            // Known to the journal that is about to be lost only.
            ok(server.type("member", "erase", "--card", Ean13.text(ANNA), "--yes"));
        }

        Terminal done = ok(restore("--directory", people.toString(), "--erasures-from", data.toString()));

        assertThat(done.out())
                .contains("1 erasures are newer than it")
                .contains("1 erasures are in " + data + " behind position");
        bringSecrets();
        for (int start = 1; start <= 2; start++) {
            try (RunningServer server = start(restored)) {
                for (long card : new long[] {ZOE, ANNA}) {
                    assertThat(server.type("member", "profile", "--card", Ean13.text(card))
                                    .err())
                            .contains("NOT_FOUND");
                }
                assertThat(server.type("member", "find", "quillevere").out()).contains("0 found");
                assertThat(server.type("member", "find", "lindqvist").out()).contains("0 found");
            }
        }
        assertThat(restored.resolve("erasures-again.txt")).doesNotExist();
        assertThat(ok(Terminal.type("dump", "--data", restored.toString()))
                        .out()
                        .split("ERASURE of member"))
                .as("each is recorded once")
                .hasSize(3);
    }

    private static Path journalFile(Path root, int generation) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("journal").resolve("gen-00000" + generation))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long at = access.length() - 60;
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ 4);
        }
    }
}
