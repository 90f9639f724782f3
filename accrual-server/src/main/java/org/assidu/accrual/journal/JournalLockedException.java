package org.assidu.accrual.journal;

/** Another process, or another journal of this one, has the directory open. */
public final class JournalLockedException extends JournalException {
    private static final long serialVersionUID = 1L;

    public JournalLockedException(String message) {
        super(message);
    }
}
