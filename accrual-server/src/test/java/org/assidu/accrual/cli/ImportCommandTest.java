package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files over real gRPC into a real server. */
final class ImportCommandTest {
    private static final String SALES = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            536365,85123A,"HOLDER, WHITE",6,2010-12-01 08:26:00,2.55,17850,United Kingdom
            536365,71053,LANTERN,6,2010-12-01 08:25:00,3.39,17850,United Kingdom
            536366,22633,WARMER,six,2010-12-01 08:28:00,1.85,17850,United Kingdom
            536366,22632,WARMER RED,6,2010-12-01 08:28:00,1.85,17850,United Kingdom
            536367,84879,ORNAMENT,32,2010-12-01 08:34:00,1.69,13047,France
            C536368,84879,ORNAMENT,-2,2010-12-01 09:34:00,1.69,13047,France
            536369,84879,ORNAMENT,1,2010-13-01 09:34:00,1.69,,France
            """;

    @TempDir
    private Path folder;

    @Test
    void badRowsGoToTheRejectsFileWithTheirReceiptAndTheRestIsImported() throws IOException {
        Path file = Files.writeString(folder.resolve("sales.csv"), SALES);
        Path rejects = folder.resolve("rejects.csv");
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("online-retail", folder);

            Terminal run = server.type(
                    "import", file.toString(), "--format", "online-retail", "--rejects", rejects.toString(), "--json");

            assertThat(run.code()).isEqualTo(Assidu.PARTIAL);
            assertThat(run.json("receipts")).isEqualTo("3");
            assertThat(run.json("lines")).isEqualTo("4");
            assertThat(run.json("bad_rows")).isEqualTo("2");
            assertThat(run.json("rejected_rows")).isEqualTo("3");
            // 6 × 2.55 + 6 × 3.39 + 32 × 1.69 − 2 × 1.69, one point a pound
            assertThat(run.json("points_micro")).isEqualTo("86340000");
            List<String> rows = Files.readAllLines(rejects);
            assertThat(rows).hasSize(4);
            assertThat(rows.get(0)).endsWith(",reject_reason");
            assertThat(rows.get(1)).contains("line 4: quantity 'six' is not a decimal number");
            assertThat(rows.get(2)).contains("line 5: held back: line 4 of the same receipt is bad");
            assertThat(rows.get(3)).contains("line 8: sold_at '2010-13-01 09:34:00'");
        }
    }

    @Test
    void correctedRejectsFileIsImportedAsItStands() throws IOException {
        Path file = Files.writeString(folder.resolve("sales.csv"), SALES);
        Path rejects = folder.resolve("rejects.csv");
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("online-retail", folder);
            server.type("import", file.toString(), "--format", "online-retail", "--rejects", rejects.toString());
            Path corrected = Files.writeString(
                    folder.resolve("corrected.csv"),
                    Files.readString(rejects).replace(",six,", ",6,").replace("2010-13-01", "2010-12-01"));

            Terminal run = server.type("import", corrected.toString(), "--format", "online-retail", "--json");

            assertThat(run.code()).isZero();
            assertThat(run.json("ACCRUED")).isEqualTo("2");
            assertThat(run.json("lines")).isEqualTo("3");
        }
    }

    @Test
    void repeatedImportIsRecognisedAndLeavesTheStateAlone() throws IOException {
        Path file = folder.resolve("generated.csv.gz");
        assertThat(Terminal.type(
                                "generate",
                                "--members",
                                "150",
                                "--days",
                                "60",
                                "--stores",
                                "2",
                                "--out",
                                file.toString())
                        .code())
                .isZero();
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("points", folder);
            Terminal generated = server.type("generate", "--members", "150", "--days", "60", "--stores", "2", "--json");
            String before = server.type("status", "--json").json("stateHash");

            Terminal run = server.type("import", file.toString(), "--format", "assidu", "--historical", "--json");

            assertThat(run.code()).as(run.out()).isZero();
            assertThat(run.json("ALREADY_ACCRUED")).isEqualTo(generated.json("receipts"));
            assertThat(run.json("lines")).isEqualTo(generated.json("lines"));
            assertThat(server.type("status", "--json").json("stateHash")).isEqualTo(before);
        }
    }

    @Test
    void receiptOfAnotherContentIsARejectThatNamesTheField() throws IOException {
        Path file = Files.writeString(
                folder.resolve("sales.csv"), SALES.lines().limit(3).reduce("", (a, b) -> a + b + "\n"));
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("online-retail", folder);
            assertThat(server.type("import", file.toString(), "--format", "online-retail")
                            .code())
                    .isZero();
            Files.writeString(file, Files.readString(file).replace("3.39", "3.40"));
            Path rejects = folder.resolve("rejects.csv");

            Terminal run = server.type(
                    "import", file.toString(), "--format", "online-retail", "--rejects", rejects.toString());

            assertThat(run.code()).isEqualTo(Assidu.PARTIAL);
            assertThat(Files.readAllLines(rejects)).hasSize(3).last().asString().contains("RECEIPT_CONFLICT");
        }
    }

    @Test
    void unknownColumnsAndFormatsAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("sales.csv"), "a,b\n1,2\n");
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            Terminal wrong = server.type("import", file.toString(), "--format", "online-retail");
            assertThat(wrong.code()).isEqualTo(Assidu.FAILED);
            assertThat(wrong.err()).contains("the file has no column").contains("its header is a, b");

            assertThat(server.type("import", file.toString(), "--format", "excel")
                            .err())
                    .contains("format 'excel' is unknown; built in are online-retail, assidu");
        }
    }

    @Test
    void absentServerIsSaidWithTheNextStep() throws IOException {
        Path file = Files.writeString(folder.resolve("sales.csv"), SALES);

        Terminal status = Terminal.type("status", "--server", "127.0.0.1:9");
        assertThat(status.code()).isEqualTo(Assidu.FAILED);
        assertThat(status.err()).contains("UNAVAILABLE").contains("assidu serve --data DIR");
        assertThat(file).exists();
    }
}
