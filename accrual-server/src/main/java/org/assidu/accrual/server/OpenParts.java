package org.assidu.accrual.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a process has opened so far; closed in reverse. */
final class OpenParts {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Closes all, also behind one that cannot be closed: what goes wrong is added to the problem. */
    void close(Throwable problem) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                problem.addSuppressed(e);
            }
        }
    }
}
