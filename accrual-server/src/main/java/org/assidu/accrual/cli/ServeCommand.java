package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.assidu.accrual.audit.SealKeys;
import org.assidu.accrual.directory.SecretSource;
import org.assidu.accrual.engagement.ForwarderConfig;
import org.assidu.accrual.engagement.ForwarderFile;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.replication.Peer;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.ScrubConfig;
import org.assidu.accrual.server.ServerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Recovers a data directory and serves it until it is stopped (assidu stop, SIGTERM, Ctrl-C).",
            "Without TLS and tokens it listens on loopback only: a development mode."
        },
        footer = {
            "",
            "durable: an answer leaves when its receipt is forced to disk.",
            "fast: an answer leaves when its receipt is written; it survives kill -9, not a power cut."
        })
final class ServeCommand implements Callable<Integer> {
    private static final String MASTER_KEY_VARIABLE = "ASSIDU_MASTER_KEY";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Data directory, created when absent: journal, directory, server.json.")
    private Path data = Path.of("");

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "7070",
            description = "Port; 0 lets the system choose, see DIR/server.json (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--durability",
            defaultValue = "durable",
            description = "durable or fast (default: ${DEFAULT-VALUE}).")
    private Durability durability = Durability.DURABLE;

    @Option(
            names = "--journal",
            description = "Kind of a new journal: chronicle or file (default: chronicle, or the kind that is there).")
    private @Nullable JournalKind journal;

    @Option(
            names = "--min-free-mib",
            defaultValue = "512",
            description = "New sales are refused while the disk has less room (default: ${DEFAULT-VALUE}).")
    private long minimumFreeMebibytes;

    @Option(
            names = "--generation-mib",
            defaultValue = "1000",
            description =
                    "The journal goes on in a new generation after so much: a start after a crash verifies as much at most of the"
                            + " one that was being written (default: ${DEFAULT-VALUE}).")
    private double generationMebibytes;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML with a section forwarders: where engagement events are brought to.")
    private @Nullable Path configuration;

    @Option(
            names = "--seal-key",
            paramLabel = "FILE",
            description =
                    "Private key of `seal key`: the journal is sealed in DIR/seals at start, daily and at the end.")
    private @Nullable Path sealKey;

    @Option(
            names = "--member-key-seed",
            description =
                    "Tests only: makes member keys, also exported ones, reproducible, so that runs can be compared.")
    private @Nullable Long memberKeySeed;

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            description = "Master key of personal data, 64 hexadecimal digits. Default: the environment variable"
                    + " ASSIDU_MASTER_KEY, or else DIR/directory/master.hex, made when absent.")
    private @Nullable Path masterKey;

    @Option(
            names = "--snapshot-hours",
            paramLabel = "N",
            defaultValue = "6",
            description =
                    "A process of its own makes a snapshot every N hours (it stays, and needs the memory of the server's"
                            + " state once more); 0 = only a clean stop does (default: ${DEFAULT-VALUE}).")
    private int snapshotHours;

    @Option(
            names = "--scrub-mib-per-second",
            defaultValue = "4",
            description = "So fast the journal is read again in the background, once a day; 0 = never"
                    + " (default: ${DEFAULT-VALUE}).")
    private long scrubMebibytes;

    @Option(
            names = "--peer",
            paramLabel = "HOST:PORT",
            description =
                    "Another server of this chain, such as the one that this one replaced: the one of the lower epoch"
                            + " stops. May be given again.")
    private List<String> peers = List.of();

    @Mixin
    private final CallerOption peerSecurity = new CallerOption();

    @Mixin
    private final SecurityOption security = new SecurityOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = ServerConfig.at(data)
                .withAddress(host, port)
                .withSecurity(security.security())
                .withDurability(durability);
        config = config.withJournal(config.journal()
                .withMinimumFreeBytes(minimumFreeMebibytes << 20)
                .withGenerationBytes(Math.round(generationMebibytes * (1 << 20))));
        if (journal != null) {
            config = config.withJournalKind(journal);
        }
        if (memberKeySeed != null) {
            config = config.withMemberKeySeed(memberKeySeed);
        }
        if (masterKey != null) {
            config = config.withMasterKey(SecretSource.file(masterKey));
        } else if (System.getenv(MASTER_KEY_VARIABLE) != null) {
            config = config.withMasterKey(SecretSource.environment(MASTER_KEY_VARIABLE));
        }
        List<ForwarderConfig> forwarders = configuration == null ? List.of() : ForwarderFile.read(configuration);
        PrivateKey seals = sealKey == null ? null : SealKeys.privateKey(Files.readString(sealKey), sealKey.toString());
        List<Connection> others = peers.stream().map(peerSecurity::connect).toList();
        try {
            return serve(config, seals, forwarders, others);
        } finally {
            others.forEach(Connection::close);
        }
    }

    private int serve(
            ServerConfig config, @Nullable PrivateKey seals, List<ForwarderConfig> forwarders, List<Connection> others)
            throws IOException, InterruptedException {
        List<Peer> watched = IntStream.range(0, others.size())
                .mapToObj(i -> new Peer(peers.get(i), others.get(i).channel()))
                .toList();
        AssiduServer server = AssiduServer.start(config, watched);
        if (seals != null) {
            server.seal(seals);
        }
        server.scrub(ScrubConfig.defaults().withBytesPerSecond(scrubMebibytes << 20));
        server.forward(forwarders);
        if (snapshotHours > 0) {
            server.snapshotEvery(Duration.ofHours(snapshotHours), SnapshotProcess.command(data));
        }
        server.closeOnShutdown();
        output.line("serving " + data + " on " + host + ":" + server.port() + ", "
                + durability.name().toLowerCase(Locale.ROOT));
        int code = server.awaitEnd();
        server.close();
        return code;
    }
}
