package org.assidu.benchmarks.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.chronicle.ChronicleJournal;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;

/** The parts of {@code bench recovery}, each the only work of a process. */
public final class RecoveryPhases {
    private static final PipelineListener SILENT = new PipelineListener() {
        @Override
        public void recovery(String line) {
            if (line.contains("passed over")) {
                throw new IllegalStateException(line);
            }
        }

        @Override
        public void failed(Throwable cause) {}
    };

    private final DataDirectory data;
    private final SnapshotStore store;

    private RecoveryPhases(Path folder) {
        data = new DataDirectory(folder);
        store = new SnapshotStore(data.snapshots());
    }

    /** {@code folder phase [members receipts-per-member]}. */
    public static void main(String[] args) throws IOException {
        RecoveryPhases phases = new RecoveryPhases(Path.of(args[0]));
        switch (args[1]) {
            case "build" -> phases.build(Long.parseLong(args[2]), Integer.parseInt(args[3]));
            case "replay" -> phases.replay();
            case "load" -> phases.load();
            case "open" -> phases.open();
            default -> throw new IllegalArgumentException("phase " + args[1]);
        }
    }

    private static void say(String figure, double value, String unit) {
        System.out.printf(Locale.ROOT, "%s\t%.3f\t%s%n", figure, value, unit);
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** Bytes on the heap that something still holds. */
    private static long retained() {
        for (int collection = 0; collection < 3; collection++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private Journal opened(long verifyFrom) {
        return ChronicleJournal.open(
                data.journal(),
                JournalConfig.defaults().withDurability(Durability.FAST).withVerifyFromPosition(verifyFrom),
                RecoveryProgress.silent(),
                JournalEnvironment.system());
    }

    private void build(long members, int receiptsPerMember) throws IOException {
        Files.createDirectories(data.root());
        try (Journal journal = opened(1)) {
            MemberYear year = new MemberYear(journal);
            long before = retained();
            long started = System.nanoTime();
            year.run(members, receiptsPerMember);
            AccrualEngine engine = year.engine();
            say("build", seconds(started), "s");
            say("records", year.records(), "");
            say("lines", engine.totals().lines(), "");
            double bytes = retained() - before;
            say("engine heap", bytes / engine.totals().members(), "bytes/member");
            say(
                    "of these lots",
                    (double) engine.totals().lotBytes() / engine.totals().members(),
                    "bytes/member");
            say(
                    "of these counters",
                    (double) engine.totals().counterBytes() / engine.totals().members(),
                    "bytes/member");
            System.out.printf(Locale.ROOT, "# state hash %016x%n", engine.stateHash());
        }
        try (Stream<Path> files = Files.walk(data.journal())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            long bytes = 0;
            for (Path file : all) {
                bytes += ((Number) Files.getAttribute(file, "size")).longValue();
            }
            say("journal", bytes / 1e9, "GB");
        }
    }

    private void replay() throws IOException {
        Recovery state = new Recovery();
        long started = System.nanoTime();
        try (JournalReader reader = data.openReadOnly()) {
            state.apply(reader, Long.MAX_VALUE, SILENT);
        }
        double replay = seconds(started);
        say("replay", replay, "s");
        say("replay rate", state.engine().totals().lines() / replay / 1e6, "M lines/s");
        started = System.nanoTime();
        StoredSnapshot written = state.write(store, System.currentTimeMillis());
        say("snapshot write", seconds(started), "s");
        say("snapshot size", written.bytes() / 1e6, "MB");
        System.out.printf(Locale.ROOT, "# state hash %016x%n", state.engine().stateHash());
    }

    private void load() throws IOException {
        long before = retained();
        long started = System.nanoTime();
        Recovery state = Recovery.load(store, null, SILENT);
        double load = seconds(started);
        if (state == null) {
            throw new IllegalStateException("there is no snapshot in " + store.folder());
        }
        say("snapshot load", load, "s");
        started = System.nanoTime();
        try (JournalReader reader = data.openReadOnly()) {
            reader.seek(state.position());
            reader.next();
        }
        say("its batch found in the journal", seconds(started), "s");
        say(
                "heap with receipt index",
                (double) (retained() - before) / state.engine().totals().members(),
                "bytes/member");
        System.out.printf(Locale.ROOT, "# state hash %016x%n", state.engine().stateHash());
    }

    private void open() throws IOException {
        long position = store.newestPosition(Long.MAX_VALUE);
        long started = System.nanoTime();
        opened(position + 1).close();
        say("journal open, verified from the snapshot", seconds(started), "s");
        started = System.nanoTime();
        opened(1).close();
        say("journal open, all verified", seconds(started), "s");
    }
}
