package org.assidu.accrual.journal;

/** Free space is below the floor; nothing was written, and the same append may succeed later. */
public final class JournalFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    public JournalFullException(String message) {
        super(message);
    }
}
