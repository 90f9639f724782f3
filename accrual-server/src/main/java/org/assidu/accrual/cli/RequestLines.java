package org.assidu.accrual.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lines of a stream as requests of another process, for a thread that has other work between them. */
final class RequestLines {
    /** What {@link #next} found. */
    enum Next {
        REQUEST,
        NOTHING_YET,
        END
    }

    private final BlockingQueue<Next> found = new LinkedBlockingQueue<>();

    /** Reads until the stream ends: the other process has closed it, or is there no more. */
    RequestLines(InputStream in) {
        Thread reader = new Thread(() -> read(in), "assidu-requests");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                found.add(Next.REQUEST);
            }
        } catch (IOException goneToo) {
            // The same to us as the end.
        } finally {
            found.add(Next.END);
        }
    }

    /** Waits for so long at most. Several that came meanwhile are one. */
    Next next(long millis) throws InterruptedException {
        Next next = found.poll(millis, TimeUnit.MILLISECONDS);
        while (next == Next.REQUEST && found.peek() == Next.REQUEST) {
            next = found.take();
        }
        return next == null ? Next.NOTHING_YET : next;
    }
}
