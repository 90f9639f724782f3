package org.assidu.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assidu.benchmarks.faults.TestTree;

/** The abusive client of the server's tests, in a process of its own. */
final class OffenderProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private final OutputStream tell;

    /**
     * Connections that the server ended.
     *
     * @param longestMillis of the one that lasted longest
     */
    record Cuts(long times, long longestMillis) {}

    private OffenderProcess(Process process) {
        this.process = process;
        says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        tell = process.getOutputStream();
    }

    /** @param rate frames a second */
    static OffenderProcess start(int port, String kind, int rate) throws IOException {
        OffenderProcess offender = new OffenderProcess(TestTree.process(
                        "org.assidu.accrual.grpc.Offender",
                        List.of(Integer.toString(port), kind, Integer.toString(rate)))
                .redirectError(Redirect.INHERIT)
                .start());
        String ready = offender.says.readLine();
        if (!"ready".equals(ready)) {
            offender.close();
            throw new IOException("the abusive client did not start: it said " + ready);
        }
        return offender;
    }

    void begin() throws IOException {
        signal();
    }

    Cuts end() throws IOException {
        signal();
        String line = says.readLine();
        if (line == null) {
            throw new IOException("the abusive client ended too early");
        }
        String[] figures = line.split(" ");
        return new Cuts(Long.parseLong(figures[0]), Long.parseLong(figures[1]));
    }

    private void signal() throws IOException {
        tell.write('.');
        tell.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
