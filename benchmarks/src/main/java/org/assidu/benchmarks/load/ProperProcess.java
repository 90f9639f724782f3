package org.assidu.benchmarks.load;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A client that connects as often as an offender does, for one good receipt each time, in a process of its own. */
final class ProperProcess implements AutoCloseable {
    private final TestProcess process;

    private ProperProcess(TestProcess process) {
        this.process = process;
    }

    static ProperProcess start(int port) throws IOException {
        return new ProperProcess(
                TestProcess.start("org.assidu.accrual.grpc.ProperClient", List.of(Integer.toString(port))));
    }

    void begin(double connectionsPerSecond) throws IOException {
        process.tell(String.format(Locale.ROOT, "%.3f%n", connectionsPerSecond));
    }

    /** @return receipts that were answered, one a connection */
    long end() throws IOException {
        process.tell(System.lineSeparator());
        return Long.parseLong(process.answer());
    }

    @Override
    public void close() {
        process.close();
    }
}
