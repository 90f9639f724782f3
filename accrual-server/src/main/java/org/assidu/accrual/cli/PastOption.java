package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.replay.AsOf;
import org.assidu.accrual.replay.PastState;
import org.assidu.accrual.replay.RecordListener;
import org.assidu.accrual.server.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A moment of the past, read from a journal without a server. */
final class PastOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Read this data directory itself, without a server and without changing it.")
    private @Nullable Path data;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "As of the end of a past day, yyyy-mm-dd, in the programme's zone; with --data.")
    private @Nullable LocalDate day;

    @Option(
            names = "--as-of-position",
            paramLabel = "N",
            defaultValue = "0",
            description = "As of a position of the journal; with --data.")
    private long position;

    /** Whether the journal is to be read, and not a server asked. */
    boolean isAsked() {
        return data != null || day != null || position != 0;
    }

    DataDirectory directory() throws IOException {
        if (data == null) {
            throw new IllegalArgumentException("the past is read from the journal: give --data DIR");
        }
        return DataOption.directory(data);
    }

    /** The state at that moment; the listener sees what led to it. */
    PastState state(RecordListener listener) throws IOException {
        if (day != null && day.isAfter(LocalDate.now())) {
            throw new IllegalArgumentException("--as-of " + day + " is still to come; give a past day, or today");
        }
        DataDirectory directory = directory();
        try (Progress progress = Progress.start("replay", "records", 0)) {
            return PastState.of(new AsOf(position, day), directory::openReadOnly, listener, progress::at);
        }
    }

    /** Says which moment an answer is of, to people. */
    static void tell(PastState state, Output output) {
        if (!output.json()) {
            output.line(words(state));
        }
    }

    /** What a state is the state of, in words. */
    static String words(PastState state) {
        LocalDate day = state.day();
        return "as of position " + state.position() + (day == null ? "" : ", on " + day)
                + (state.settled() == 0 ? "" : ", after the sweep (" + state.settled() + " settlements)");
    }
}
