package org.assidu.accrual.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.Optional;
import org.assidu.accrual.journal.JournalReader;

/** Seals what a journal has gained since its newest seal. */
public final class Sealer {
    private static final int HASH_BYTES = 32;

    private final SealStore store;
    private final PrivateKey key;

    /** @param folder of the seals, created with the first */
    public Sealer(Path folder, PrivateKey key) {
        store = new SealStore(folder);
        this.key = key;
    }

    /**
     * Writes the next seal.
     *
     * @param records a reader of its own; it is moved
     * @param limit last position that may be sealed: nothing that a power cut can undo
     * @return the file; empty when no whole batch came since the newest seal
     * @throws IllegalStateException when the newest seal goes beyond the journal
     */
    public Optional<Path> seal(JournalReader records, long limit) throws IOException {
        SealStore.Stored newest = store.newest();
        long sealed = newest == null ? 0 : newest.body().position();
        if (newest != null && sealed > limit) {
            throw new IllegalStateException(
                    "seal " + newest.file() + " covers position " + sealed + ", the journal only reaches " + limit
                            + ": it was restored from an older backup; run `assidu audit`");
        }
        JournalTotals totals = newest == null
                ? new JournalTotals()
                : JournalTotals.restore(newest.body().json(), records);
        byte[] head = new byte[HASH_BYTES];
        long position = sealed;
        long timeMillis = 0;
        records.seek(sealed + 1);
        while (position < limit && records.next() && records.batchEnd() <= limit) {
            totals.add(records);
            position = records.position();
            timeMillis = records.timeMillis();
            records.copyBatchHash(head);
        }
        if (position == sealed) {
            return Optional.empty();
        }
        SealBody body = SealBody.of(
                newest == null ? 1 : newest.body().number() + 1,
                position,
                timeMillis,
                HexFormat.of().formatHex(head),
                newest == null ? SealBody.NO_PREVIOUS : newest.sha256(),
                totals);
        return Optional.of(store.write(body, SealKeys.sign(key, body.bytes())));
    }
}
