package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.audit.SealKeys;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seals of a real server, and journals forged by someone who can write every byte but not sign. */
class AuditCommandTest {
    private static final int GENERATED_PER_RUN = 40;
    private static final RecoveryProgress QUIET = new RecoveryProgress() {
        @Override
        public void verified(long bytesDone, long bytesTotal, long position) {}

        @Override
        public void warning(String message) {}
    };

    @TempDir
    private Path folder;

    private Path data;
    private Path seals;
    private Path key;
    private Path publicKey;

    @BeforeEach
    void twoStartsOfASealingServer() throws IOException {
        data = folder.resolve("data");
        seals = data.resolve("seals");
        key = folder.resolve("seal.key");
        publicKey = folder.resolve("seal.pub");
        ok(Terminal.type("seal", "key", "--private", key.toString(), "--public", publicKey.toString()));
        sell(1);
        sell(2);
    }

    /** A start of the server, in which a small chain's sales come in. */
    private void sell(int seed) throws IOException {
        try (AssiduServer server = AssiduServer.start(ServerConfig.at(data).withDurability(Durability.FAST))) {
            server.seal(SealKeys.privateKey(Files.readString(key), "key"));
            String address = "127.0.0.1:" + server.port();
            Path programme = Files.writeString(folder.resolve("programme.yaml"), """
                    format: 1
                    id: points
                    currency: EUR
                    time_zone: Europe/Paris
                    effective_from: 2020-01-01T00:00:00+01:00
                    purse: {id: points}
                    earning: {basis: AMOUNT, points: 1, per: 1.00}
                    """);
            ok(Terminal.type("programme", "publish", programme.toString(), "--server", address));
            ok(Terminal.type(
                    "generate",
                    "--members",
                    Integer.toString(GENERATED_PER_RUN),
                    "--days",
                    "20",
                    "--stores",
                    "1",
                    "--seed",
                    Integer.toString(seed),
                    "--server",
                    address));
        }
    }

    @Test
    void anUntouchedJournalAgreesWithAllItsSealsAndNothingIsUnsealed() {
        Terminal audit = audit("--json");

        assertThat(audit.code()).as(audit.out() + audit.err()).isEqualTo(Assidu.OK);
        assertThat(audit.json("clean")).isEqualTo("true");
        assertThat(Integer.parseInt(audit.json("seals"))).isGreaterThanOrEqualTo(2);
        assertThat(audit.json("good")).isEqualTo(audit.json("seals"));
        assertThat(audit.json("sealed_up_to")).isEqualTo(audit.json("records"));
    }

    @Test
    void nothingIsSealedTwice() {
        Terminal again = Terminal.type("seal", "now", "--data", data.toString(), "--key", key.toString());

        assertThat(again.code()).isEqualTo(Assidu.OK);
        assertThat(again.out()).contains("nothing came since the newest seal");
    }

    @Test
    void aReceiptAlteredWithEveryHashMadeAnewIsFoundWithItsSealAndTheSums() throws IOException {
        long altered = forge(Forgery.DOUBLE_A_PRICE);

        assertThat(Terminal.type("verify", "--data", data.toString()).out()).doesNotContain("DAMAGED");
        Terminal audit = audit();
        assertThat(audit.code()).isEqualTo(Assidu.FAILED);
        assertThat(altered).isPositive();
        assertThat(audit.out())
                .contains("are not those that were sealed in")
                .contains("turnover_minor.EUR sealed=")
                .contains("this is not the journal that was sealed");
    }

    @Test
    void recordsThatAreGoneAreSaidToBe() throws IOException {
        forge(Forgery.DROP_THE_LAST);

        Terminal audit = audit();

        assertThat(audit.code()).isEqualTo(Assidu.FAILED);
        assertThat(audit.out()).contains("cannot all be read");
    }

    @Test
    void batchesCutAnewAreFoundThoughEveryRecordIsTheSame() throws IOException {
        forge(Forgery.NONE);

        Terminal audit = audit();

        assertThat(audit.code()).isEqualTo(Assidu.FAILED);
        assertThat(audit.out()).contains("chain head expected=").doesNotContain("totals up to");
    }

    @Test
    void recordsBehindTheNewestSealAreNoAlterationButSaidToBeUnsealed() throws IOException {
        List<Path> files = sealFiles();
        Files.delete(files.get(files.size() - 1));

        Terminal audit = audit("--json");

        assertThat(audit.code()).isEqualTo(Assidu.OK);
        assertThat(Long.parseLong(audit.json("sealed_up_to"))).isLessThan(Long.parseLong(audit.json("records")));
    }

    @Test
    void anAlteredSealAMissingOneAndAnotherKeyAreFound() throws IOException {
        List<Path> files = sealFiles();
        String text = Files.readString(files.get(0));
        Files.writeString(files.get(0), text.replaceFirst("\"sale_lines\" : [0-9]+", "\"sale_lines\" : 1"));
        Terminal altered = audit();
        assertThat(altered.code()).isEqualTo(Assidu.FAILED);
        assertThat(altered.out())
                .contains(files.get(0) + " is not signed with the given key")
                .contains("sale_lines sealed=1 found=")
                .contains(files.get(1) + " does not follow the seal before it");

        Files.delete(files.get(0));
        assertThat(audit().out()).contains("expected 1: a seal is missing");

        Files.writeString(files.get(0), text);
        assertThat(audit().code()).isEqualTo(Assidu.OK);
        Path other = folder.resolve("other.pub");
        ok(Terminal.type(
                "seal", "key", "--private", folder.resolve("other.key").toString(), "--public", other.toString()));
        Terminal wrongKey = Terminal.type("audit", "--data", data.toString(), "--public-key", other.toString());
        assertThat(wrongKey.code()).isEqualTo(Assidu.FAILED);
        assertThat(wrongKey.out()).contains("is not signed with the given key");
    }

    @Test
    void withoutSealsThereIsNothingToTrust() throws IOException {
        for (Path file : sealFiles()) {
            Files.delete(file);
        }

        Terminal audit = audit();

        assertThat(audit.code()).isEqualTo(Assidu.FAILED);
        assertThat(audit.out()).contains("there is no seal", "--seal-key");
    }

    private enum Forgery {
        NONE,
        DOUBLE_A_PRICE,
        DROP_THE_LAST
    }

    /** Writes the journal anew, with sound frames and hashes throughout. @return position of the record altered */
    private long forge(Forgery forgery) throws IOException {
        DataDirectory directory = new DataDirectory(data);
        Path forged = folder.resolve("forged");
        long altered = 0;
        try (JournalReader records = directory.openReadOnly();
                Journal journal = FileJournal.open(forged, JournalConfig.defaults(), QUIET)) {
            long last = directory.verifyStructure(QUIET).records();
            while (records.next()) {
                byte[] payload =
                        Arrays.copyOfRange(records.buffer(), records.offset(), records.offset() + records.length());
                if (forgery == Forgery.DOUBLE_A_PRICE && altered == 0 && records.type() == RecordType.RECEIPT.code()) {
                    payload = dearer(payload);
                    altered = records.position();
                }
                if (forgery != Forgery.DROP_THE_LAST || records.position() < last) {
                    journal.appender().append(records.type(), records.timeMillis(), payload, 0, payload.length);
                }
            }
            journal.appender().commit();
            journal.barrier().advance();
        }
        Files.move(data.resolve("journal"), folder.resolve("true"));
        Files.move(forged, data.resolve("journal"));
        return altered;
    }

    private static byte[] dearer(byte[] payload) {
        ReceiptRecordCodec codec = new ReceiptRecordCodec();
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        RecordContext context = new RecordContext();
        codec.decode(payload, 0, payload.length, receipt, outcome, context);
        receipt.amountMinor[0] *= 2;
        byte[] forged = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        return Arrays.copyOf(forged, codec.encode(receipt, outcome, context, forged, 0));
    }

    private List<Path> sealFiles() throws IOException {
        try (Stream<Path> files = Files.list(seals)) {
            return files.sorted().toList();
        }
    }

    private Terminal audit(String... options) {
        return Terminal.type(Stream.concat(
                        Stream.of("audit", "--data", data.toString(), "--public-key", publicKey.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private static void ok(Terminal typed) {
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    }
}
