package org.assidu.accrual.cli;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assidu.accrual.grpc.SalesClient;
import org.assidu.accrual.grpc.TestProgrammes;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerFile;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.SaleLine;

/**
 * A till that streams sales to a server in a process of its own, which is killed with SIGKILL again and again over the same data.
 * After each start the till sends what was not answered, and some of what was: nothing answered may be missing, and nothing may
 * count twice. Uses no test framework: {@code bench kill} runs it for as long as wanted.
 */
public final class KillLoop {
    private static final int CARDS = 200;
    private static final long FIRST_CARD = 299_000_000_000L;
    private static final int MOST_ANSWERS = 400;
    private static final int IN_FLIGHT = 64;
    private static final int REPEATS_A_START = 40;
    private static final int KILLS_BETWEEN_LINES = 50;
    private static final int PATIENCE_SECONDS = 120;
    private static final String PID_NAMESPACE = "unshare -rpf --kill-child --mount-proc";

    private final Path folder;
    private final Durability durability;
    private final boolean ownNamespace;
    private final Random random;
    /** Points told of each acknowledged receipt, micropoints. */
    private final Map<Long, Long> acknowledged = new HashMap<>();

    private long sent;
    private long killed;

    private KillLoop(Path folder, Durability durability, boolean ownNamespace, long seed) {
        this.folder = folder;
        this.durability = durability;
        this.ownNamespace = ownNamespace;
        random = new Random(seed);
    }

    /** {@code times [seed [fast|durable [namespace]]]}. */
    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        Durability durability = args.length > 2 && args[2].equals("fast") ? Durability.FAST : Durability.DURABLE;
        boolean ownNamespace = args.length > 3 && args[3].equals("namespace");
        Path folder = Files.createTempDirectory("assidu-kill");
        System.out.println(times + " kills, seed " + seed + ", " + durability + (ownNamespace ? ", as PID 1" : "")
                + ", data in " + folder);
        System.out.println(run(folder, times, durability, ownNamespace, seed));
        // Kept when something is wrong: the line above is not reached then.
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Whether this system lets a process be PID 1 of its own namespace. */
    static boolean mayUseNamespaces() {
        try {
            List<String> command = new ArrayList<>(List.of(PID_NAMESPACE.split(" ")));
            command.add("true");
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Kills a server so many times, then looks at everything.
     *
     * @return a line about what happened
     * @throws IllegalStateException when something acknowledged is missing, or counts twice
     */
    static String run(Path folder, int times, Durability durability, boolean ownNamespace, long seed) throws Exception {
        KillLoop loop = new KillLoop(folder, durability, ownNamespace, seed);
        for (int kill = 0; kill < times; kill++) {
            loop.live(kill == 0);
            if ((kill + 1) % KILLS_BETWEEN_LINES == 0) {
                System.err.println((kill + 1) + " of " + times + " kills, " + loop.acknowledged.size()
                        + " receipts acknowledged so far, none lost");
            }
        }
        return loop.end();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Process start() throws IOException {
        Files.deleteIfExists(new DataDirectory(data()).serverFile());
        List<String> command = new ArrayList<>();
        if (ownNamespace) {
            command.addAll(List.of(PID_NAMESPACE.split(" ")));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-") || argument.startsWith("-Dchronicle")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Assidu.class.getName(),
                "serve",
                "--data",
                data().toString(),
                "--port",
                "0",
                "--generation-mib",
                "0.02",
                "--durability",
                durability.name()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private String address(Process server) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        ServerFile file = ServerFile.read(new DataDirectory(data()).serverFile());
        while (file == null) {
            require(server.isAlive(), "the server did not start, see " + log() + " (" + summary() + ")");
            require(
                    System.nanoTime() < deadline,
                    "the server does not serve after " + PATIENCE_SECONDS + " s, see " + log());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            file = ServerFile.read(new DataDirectory(data()).serverFile());
        }
        return file.host() + ":" + file.port();
    }

    /** One life of a server, ended by a kill while answers are under way. */
    private void live(boolean first) throws Exception {
        Process server = start();
        String address = address(server);
        if (first) {
            Path programme = Files.writeString(folder.resolve("programme.yaml"), TestProgrammes.POINTS);
            Terminal published = Terminal.type("programme", "publish", programme.toString(), "--server", address);
            require(published.code() == 0, published.out() + published.err());
        }
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            SalesClient stream = SalesClient.open(channel);
            List<Long> order = new ArrayList<>();
            again(stream, order);
            int answers = 0;
            for (int killAt = 1 + random.nextInt(MOST_ANSWERS); answers < killAt; answers++) {
                while (order.size() - answers < IN_FLIGHT) {
                    send(stream, order, ++sent);
                }
                heard(order.get(answers), stream.next());
            }
            server.destroyForcibly();
            killed++;
            awaitEnd(stream);
            for (ReceiptResult late : stream.rest()) {
                heard(order.get(answers++), late);
            }
        } finally {
            channel.shutdownNow();
            server.destroyForcibly().waitFor();
        }
    }

    private static void awaitEnd(SalesClient stream) throws Exception {
        try {
            stream.end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException expected) {
            // A killed server ends its streams so.
        }
    }

    /** What was never answered, and some of what was. */
    private void again(SalesClient stream, List<Long> order) {
        for (long number = 1; number <= sent; number++) {
            if (!acknowledged.containsKey(number) || random.nextInt((int) sent) < REPEATS_A_START) {
                send(stream, order, number);
            }
        }
    }

    private static void send(SalesClient stream, List<Long> order, long number) {
        stream.send(Receipt.newBuilder()
                .setIdentity(
                        ReceiptIdentity.newBuilder().setStore("S1").setTill("1").setNumber(number))
                .setSoldAtMillis(SOLD_AT)
                .setCurrency("EUR")
                .setMember(Identifier.newBuilder().setCard(Ean13.withCheckDigit(FIRST_CARD + number % CARDS)))
                .addLines(SaleLine.newBuilder()
                        .setSku("apple")
                        .setQuantityThousandths(1_000)
                        .setAmountMinor(amountMinor(number))));
        order.add(number);
    }

    private static final long SOLD_AT = System.currentTimeMillis() - 60_000;

    private static long amountMinor(long number) {
        return 100 * (1 + number % 50);
    }

    private void heard(long number, ReceiptResult result) {
        boolean accrued = result.getStatus() == ReceiptStatus.RECEIPT_STATUS_ACCRUED;
        boolean repeat = result.getStatus() == ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED;
        require(accrued || repeat, "receipt " + number + " is told " + result);
        Long before = acknowledged.put(number, result.getPointsMicro());
        require(
                before == null || repeat,
                "receipt " + number + " was acknowledged, and is told " + result.getStatus()
                        + " after a kill: it was lost");
        require(
                result.getPointsMicro() == amountMinor(number) * 10_000,
                "receipt " + number + " is told " + result.getPointsMicro() + " micropoints");
    }

    private String end() throws Exception {
        Process server = start();
        String address = address(server);
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            SalesClient stream = SalesClient.open(channel);
            List<Long> order = new ArrayList<>();
            for (long number = 1; number <= sent; number++) {
                send(stream, order, number);
            }
            for (long number : order) {
                heard(number, stream.next());
            }
            GetStatusResponse status =
                    AdminServiceGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
            require(
                    status.getReceipts() == sent,
                    "the server has " + status.getReceipts() + " receipts, " + sent + " were sent");
        } finally {
            channel.shutdownNow();
        }
        require(Terminal.type("stop", "--server", address).code() == 0, "the server does not stop");
        require(server.waitFor() == 0, "the server stopped with an error, see " + log());
        Terminal verified = Terminal.type("verify", "--data", data().toString());
        require(verified.code() == 0 && verified.out().contains("outcomes identical"), verified.out());
        return summary();
    }

    private String summary() {
        return killed + " kills: " + sent + " receipts sent, " + acknowledged.size()
                + " acknowledged, none lost, none counted twice";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}
