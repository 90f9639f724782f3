package org.assidu.accrual.access;

/** A token that is not taken. The message names no part of it. */
public final class TokenRefusedException extends Exception {
    /** Reason of a token that was good once. */
    public static final String EXPIRED = "TOKEN_EXPIRED";

    /** Reason of any other. */
    public static final String INVALID = "TOKEN_INVALID";

    private static final long serialVersionUID = 1;

    private final String reason;

    TokenRefusedException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** For machines. */
    public String reason() {
        return reason;
    }
}
