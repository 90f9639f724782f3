package org.assidu.accrual.grpc;

/** Bytes that are no message of the contract. */
final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WireFormatException(String message) {
        super(message);
    }
}
