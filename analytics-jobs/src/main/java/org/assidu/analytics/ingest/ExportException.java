package org.assidu.analytics.ingest;

/** An export folder that cannot be reported on; the message says what is wrong and what to do next. */
public final class ExportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExportException(String message) {
        super(message);
    }

    public ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
