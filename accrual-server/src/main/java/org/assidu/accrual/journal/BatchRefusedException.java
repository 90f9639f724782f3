package org.assidu.accrual.journal;

/** A batch from elsewhere does not follow what is here, or was damaged on its way: nothing of it was taken. */
public final class BatchRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    BatchRefusedException(String message) {
        super(message);
    }
}
