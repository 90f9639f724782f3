package org.assidu.analytics.clv;

/** The transactions cannot be used as asked; the message says why and what to do. */
public final class TransactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TransactionException(String message) {
        super(message);
    }
}
