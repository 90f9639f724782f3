package org.assidu.benchmarks.load;

import java.io.IOException;
import java.util.List;

/** The abusive client of the server's tests, in a process of its own. */
final class OffenderProcess implements AutoCloseable {
    private final TestProcess process;

    /**
     * Connections that the server ended.
     *
     * @param longestMillis of the one that lasted longest
     */
    record Cuts(long times, long longestMillis) {}

    private OffenderProcess(TestProcess process) {
        this.process = process;
    }

    /** @param rate frames a second */
    static OffenderProcess start(int port, String kind, int rate) throws IOException {
        return new OffenderProcess(TestProcess.start(
                "org.assidu.accrual.grpc.Offender", List.of(Integer.toString(port), kind, Integer.toString(rate))));
    }

    void begin() throws IOException {
        process.tell(".");
    }

    Cuts end() throws IOException {
        process.tell(".");
        String[] figures = process.answer().split(" ");
        return new Cuts(Long.parseLong(figures[0]), Long.parseLong(figures[1]));
    }

    @Override
    public void close() {
        process.close();
    }
}
