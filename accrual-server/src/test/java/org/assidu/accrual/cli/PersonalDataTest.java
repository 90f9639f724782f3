package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** Personal data under a master key. */
@Timeout(120)
final class PersonalDataTest {
    private static final String PHONE = "+33612345678";
    private static final String EMAIL = "zoe.quillevere@example.org";
    private static final String FAMILY_NAME = "Quillévéré";
    private static final String CARD = Ean13.text(Ean13.withCheckDigit(298_000_123_456L));

    @TempDir
    private Path folder;

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
}
