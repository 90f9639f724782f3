package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerSnapshots;
import org.assidu.accrual.server.SnapshotMaker;
import org.assidu.accrual.snapshot.SnapshotConfig;
import org.assidu.accrual.snapshot.SnapshotException;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu snapshot}. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the state at the journal's end into DIR/snapshots, so that the next start replays only what comes after.",
            "Reads the journal alone, also beside the running server, which takes no part in it. Needs as much memory as the"
                    + " server's state."
        })
final class SnapshotCommand implements Callable<Integer> {
    /** What came is applied so soon that it is read from memory, and not from disk. */
    private static final long FOLLOW_MILLIS = 100;
    /** So little of it at a time that the server finds its processors and their caches again. */
    private static final long FOLLOW_NANOS = 10_000_000;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--keep",
            defaultValue = "3",
            description = "Newest snapshots that stay; older ones are deleted (default: ${DEFAULT-VALUE}).")
    private int kept = SnapshotConfig.KEPT;

    @Option(
            names = "--mib-per-second",
            defaultValue = "0",
            description = "Most that is written a second, where the journal is on the same disk; 0 = no limit"
                    + " (default: ${DEFAULT-VALUE}).")
    private long mebibytesPerSecond;

    @Option(names = "--list", description = "Write nothing; say which snapshots are there, newest first.")
    private boolean list;

    @Option(
            names = "--stay",
            description = {
                "Stay beside the server: follow the journal, write a snapshot for each line on standard input, and end with it.",
                "Nothing is loaded again for the second one."
            })
    private boolean stay;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.directory();
        SnapshotConfig config = new SnapshotConfig(kept, mebibytesPerSecond << 20);
        ServerSnapshots snapshots = new ServerSnapshots(directory, new SnapshotStore(directory.snapshots(), config));
        if (list) {
            for (StoredSnapshot snapshot : snapshots.store().list()) {
                print(snapshot);
            }
            return Assidu.OK;
        }
        try (SnapshotMaker maker = snapshots.maker(System::currentTimeMillis, new RecoveryLines(output))) {
            if (!stay) {
                report(maker.take());
                return Assidu.OK;
            }
            stay(maker);
        }
        return Assidu.OK;
    }

    private void stay(SnapshotMaker maker) throws IOException, InterruptedException {
        RequestLines requests = new RequestLines(System.in);
        while (true) {
            switch (requests.next(FOLLOW_MILLIS)) {
                case REQUEST -> report(maker.take());
                case NOTHING_YET -> maker.follow(FOLLOW_NANOS);
                case END -> {
                    return;
                }
            }
        }
    }

    private void report(@Nullable StoredSnapshot written) throws IOException {
        if (written == null) {
            output.line(output.json() ? "{\"written\": false}" : "nothing came since the newest snapshot");
        } else {
            print(written);
        }
    }

    private void print(StoredSnapshot snapshot) throws IOException {
        SnapshotHead head;
        try {
            head = SnapshotStore.head(snapshot);
        } catch (SnapshotException unreadable) {
            output.line(snapshot.file() + "  unreadable: " + unreadable.getMessage());
            return;
        }
        String hash = String.format(Locale.ROOT, "%016x", head.stateHash());
        if (output.json()) {
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put("file", snapshot.file().toString())
                    .put("position", head.position())
                    .put("bytes", snapshot.bytes())
                    .put("stateHash", hash)
                    .put("chainHash", head.chainHash())
                    .put("takenAtMillis", head.takenAtMillis());
            output.line(json.toString());
            return;
        }
        output.line(String.format(
                Locale.ROOT,
                "%s  position %,d  state hash %s  %,d KiB  %s",
                snapshot.file(),
                head.position(),
                hash,
                snapshot.bytes() >> 10,
                Instant.ofEpochMilli(head.takenAtMillis())));
    }
}
