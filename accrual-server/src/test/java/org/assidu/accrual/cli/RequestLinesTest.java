package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestLinesTest {
    private static final long LONG_MILLIS = 60_000;

    @Test
    void linesAreRequestsAndTheEndIsSaidOnce() throws Exception {
        try (PipedOutputStream server = new PipedOutputStream();
                PipedInputStream ours = new PipedInputStream(server)) {
            RequestLines requests = new RequestLines(ours);
            assertThat(requests.next(0)).isEqualTo(RequestLines.Next.NOTHING_YET);
            server.write("\n".getBytes(StandardCharsets.UTF_8));
            server.flush();
            assertThat(requests.next(LONG_MILLIS)).isEqualTo(RequestLines.Next.REQUEST);
            assertThat(requests.next(0)).isEqualTo(RequestLines.Next.NOTHING_YET);
            server.close();
            assertThat(requests.next(LONG_MILLIS)).isEqualTo(RequestLines.Next.END);
        }
    }

    @Test
    void requestBeforeTheEndIsStillOne() throws Exception {
        try (PipedOutputStream server = new PipedOutputStream();
                PipedInputStream ours = new PipedInputStream(server)) {
            server.write("\n\n\n".getBytes(StandardCharsets.UTF_8));
            server.close();
            RequestLines requests = new RequestLines(ours);
            assertThat(requests.next(LONG_MILLIS)).isEqualTo(RequestLines.Next.REQUEST);
            RequestLines.Next last = requests.next(LONG_MILLIS);
            while (last == RequestLines.Next.REQUEST) {
                last = requests.next(LONG_MILLIS);
            }
            assertThat(last).isEqualTo(RequestLines.Next.END);
        }
    }
}
