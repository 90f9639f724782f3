package org.assidu.accrual.directory;

/** The directory cannot be opened, read or made durable. The process must not go on with it. */
public final class DirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DirectoryException(String message) {
        super(message);
    }

    DirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
