package org.assidu.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assidu.benchmarks.faults.TestTree;

/** A client of the server's tests in a process of its own, told what to do by its input; it says {@code ready} first. */
final class TestProcess implements AutoCloseable {
    private final String mainClass;
    private final Process process;
    private final BufferedReader says;
    private final OutputStream told;

    private TestProcess(String mainClass, Process process) {
        this.mainClass = mainClass;
        this.process = process;
        says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        told = process.getOutputStream();
    }

    static TestProcess start(String mainClass, List<String> arguments) throws IOException {
        TestProcess client = new TestProcess(
                mainClass,
                TestTree.process(mainClass, arguments)
                        .redirectError(Redirect.INHERIT)
                        .start());
        String ready = client.says.readLine();
        if (!"ready".equals(ready)) {
            client.close();
            throw new IOException(mainClass + " did not start: it said " + ready);
        }
        return client;
    }

    void tell(String text) throws IOException {
        told.write(text.getBytes(StandardCharsets.UTF_8));
        told.flush();
    }

    String answer() throws IOException {
        String line = says.readLine();
        if (line == null) {
            throw new IOException(mainClass + " ended too early; what it said last stands above");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
