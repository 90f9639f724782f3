package org.assidu.accrual.journal;

/** Told how far opening or verifying a journal has come. */
public interface RecoveryProgress {

    /** Called now and then with bytes read so far, bytes to read (an upper bound), and the last position verified. */
    void verified(long bytesDone, long bytesTotal, long position);

    /** Called for what an operator should know, though it does not stop the journal from opening. */
    void warning(String message);

    /** Listens to nothing. */
    static RecoveryProgress silent() {
        return new RecoveryProgress() {
            @Override
            public void verified(long bytesDone, long bytesTotal, long position) {}

            @Override
            public void warning(String message) {}
        };
    }
}
