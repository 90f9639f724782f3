package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.server.ServerFile;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Personal data that is planted by every way in, and looked for in everything that a server process writes. */
@Timeout(120)
final class PersonalDataTest {
    private static final String PHONE = "+33612345678";
    private static final String EMAIL = "zoe.quillevere@example.org";
    private static final String FAMILY_NAME = "Quillévéré";
    private static final String CARD = Ean13.text(Ean13.withCheckDigit(298_000_123_456L));
    private static final List<String> PLANTED =
            List.of(PHONE, PHONE.substring(1), EMAIL, FAMILY_NAME, "Zénobie", "1987-03-21", "17 rue des Lilas", CARD);

    @TempDir
    private Path folder;

    @Test
    void plantedPersonalDataIsInNoFileExportOrLogAndLeavesWithErasure() throws Exception {
        Path data = folder.resolve("data");
        Path log = folder.resolve("server.log");
        Process server = serve(data, log);
        String address = address(data, server);
        plant(address);
        Path export = folder.resolve("export");
        assertThat(ok("export", "--out", export.toString(), "--server", address))
                .contains("exported");
        assertThat(ok("member", "find", "quillevere", "--server", address)).contains(FAMILY_NAME);
        Path access = folder.resolve("access.json");
        ok("member", "export", "--phone", PHONE, "--out", access.toString(), "--server", address);
        assertThat(Files.readString(access)).contains(FAMILY_NAME, "17 rue des Lilas", "100001");
        // Looking for people who are not there, and badly, is not logged either.
        Terminal.type("member", "show", "--email", "nobody." + EMAIL, "--server", address);
        Terminal.type("member", "rectify", "--phone", PHONE, "--set", "birth_date=" + FAMILY_NAME, "--server", address);
        String stateHash =
                Terminal.type("status", "--json", "--server", address).json("stateHash");

        assertThat(ok("member", "erase", "--phone", PHONE, "--yes", "--server", address))
                .contains("erased");
        assertThat(ok("member", "find", "quillevere", "--server", address)).contains("0 found");
        assertThat(Terminal.type("member", "show", "--phone", PHONE, "--server", address)
                        .err())
                .contains("NOT_FOUND");
        assertThat(Terminal.type("status", "--json", "--server", address).json("stateHash"))
                .isEqualTo(stateHash);
        ok("stop", "--server", address);
        assertThat(server.waitFor()).isZero();

        assertThat(filesWith(data, "100001"))
                .as("the search finds what is there")
                .isNotEmpty();
        for (String planted : PLANTED) {
            assertThat(filesWith(data, planted)).as(planted).isEmpty();
            assertThat(filesWith(log, planted)).as(planted).isEmpty();
            assertThat(filesWith(export, planted)).as(planted).isEmpty();
        }
        String tables = exported(export);
        assertThat(tables).contains("100001").doesNotContain(PLANTED);
        assertThat(ok("verify", "--data", data.toString())).contains("outcomes identical");
        assertThat(ok("dump", "--data", data.toString()))
                .contains("ERASURE of member")
                .doesNotContain(PLANTED);
    }

    @Test
    void theMasterKeyIsReplacedAndTheOldOneOpensNothing() throws Exception {
        Path data = folder.resolve("data");
        Process server = serve(data, folder.resolve("1.log"));
        plant(address(data, server));
        ok("stop", "--server", address(data, server));
        server.waitFor();
        Path next = folder.resolve("next.hex");
        assertThat(ok("rotate-master-key", "--data", data.toString(), "--to", next.toString()))
                .contains("1 keys wrapped anew");

        Path refused = folder.resolve("2.log");
        assertThat(serve(data, refused).waitFor()).isEqualTo(Assidu.FAILED);
        assertThat(Files.readString(refused)).contains("master.hex is not the one");
        Process again = serve(data, folder.resolve("3.log"), "--master-key-file", next.toString());
        assertThat(ok("member", "profile", "--phone", PHONE, "--server", address(data, again)))
                .contains(FAMILY_NAME);
        ok("stop", "--server", address(data, again));
        again.waitFor();
    }

    private void plant(String address) throws IOException {
        ok("member", "enrol", "--phone", PHONE, "--email", EMAIL, "--card", CARD, "--server", address);
        ok(
                "member",
                "rectify",
                "--phone",
                PHONE,
                "--set",
                "family_name=" + FAMILY_NAME,
                "--set",
                "given_name=Zénobie",
                "--set",
                "birth_date=1987-03-21",
                "--set",
                "email=" + EMAIL,
                "--set",
                "address=17 rue des Lilas",
                "--server",
                address);
        try (org.assidu.accrual.load.Connection till = org.assidu.accrual.load.Connection.to(address)) {
            AccrualServiceGrpc.newBlockingStub(till.channel())
                    .recordReceipt(RecordReceiptRequest.newBuilder()
                            .setReceipt(Receipt.newBuilder()
                                    .setIdentity(ReceiptIdentity.newBuilder()
                                            .setStore("S1")
                                            .setTill("1")
                                            .setNumber(1))
                                    .setSoldAtMillis(System.currentTimeMillis() - 60_000)
                                    .setCurrency("EUR")
                                    .setMember(Identifier.newBuilder().setCard(Long.parseLong(CARD)))
                                    .addLines(SaleLine.newBuilder()
                                            .setSku("100001")
                                            .setQuantityThousandths(1_000)
                                            .setAmountMinor(1_250)))
                            .build());
        }
    }

    private static String ok(String... command) {
        Terminal typed = Terminal.type(command);
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        return typed.out();
    }

    private static Process serve(Path data, Path log, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(
                1,
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
                        .toList());
        command.addAll(List.of(Assidu.class.getName(), "serve", "--port", "0", "--data", data.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }

    private static String address(Path data, Process process) throws Exception {
        while (process.isAlive()) {
            ServerFile file = ServerFile.read(data.resolve("server.json"));
            if (file != null) {
                return file.host() + ":" + file.port();
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("the server ended with " + process.exitValue());
    }

    /** Files under a folder, or a file, that hold a text in UTF-8, in upper or lower case. */
    private static List<Path> filesWith(Path under, String text) throws IOException {
        String wanted = latin(text.getBytes(StandardCharsets.UTF_8)).toLowerCase(Locale.ROOT);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(under)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (holds(file, wanted)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Journal files are sparse and large: read in pieces that overlap. */
    private static boolean holds(Path file, String wanted) throws IOException {
        byte[] buffer = new byte[1 << 20];
        int kept = 0;
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(buffer, kept, buffer.length - kept);
                    read >= 0;
                    read = in.read(buffer, kept, buffer.length - kept)) {
                int length = kept + read;
                String piece = latin(java.util.Arrays.copyOf(buffer, length)).toLowerCase(Locale.ROOT);
                if (piece.contains(wanted)) {
                    return true;
                }
                kept = Math.min(wanted.length(), length);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
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
