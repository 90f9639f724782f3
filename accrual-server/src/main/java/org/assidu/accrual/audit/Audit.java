package org.assidu.accrual.audit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.jspecify.annotations.Nullable;

/**
 * Holds a journal against its seals. The chain of batch hashes was verified before, from the first byte on, without any of
 * the journal's own notes; here each seal must be signed, follow the one before, and name the hash of the batch that ends at its
 * position, and its totals must be those of the records.
 */
public final class Audit {
    private static final int HASH_BYTES = 32;
    private static final int REPORT_EVERY = 1 << 16;
    private static final int MOST_FIGURES = 8;

    private final List<PublicKey> keys;
    private final JournalReport structure;
    private final JournalReader records;
    private final LongConsumer progress;
    private final List<String> problems = new ArrayList<>();
    private final JournalTotals totals = new JournalTotals();
    private final byte[] head = new byte[HASH_BYTES];
    private long position;
    private long batchEnd;
    private boolean readable = true;

    private Audit(List<PublicKey> keys, JournalReport structure, JournalReader records, LongConsumer progress) {
        this.keys = List.copyOf(keys);
        this.structure = structure;
        this.records = records;
        this.progress = progress;
    }

    /**
     * Audits.
     *
     * @param keys of the seals; more than one where keys were changed
     * @param structure of the journal, verified
     * @param records at the beginning
     * @param progress told the position now and then
     */
    public static AuditReport run(
            Path seals, List<PublicKey> keys, JournalReport structure, JournalReader records, LongConsumer progress)
            throws IOException {
        return new Audit(keys, structure, records, progress).run(new SealStore(seals));
    }

    private AuditReport run(SealStore store) throws IOException {
        List<Path> files = store.files();
        if (files.isEmpty()) {
            problems.add("there is no seal: start the server with --seal-key, or type `assidu seal now`");
        }
        if (structure.damage() != null) {
            problems.add(structure.damage().message());
        }
        SealBody before = null;
        String previous = SealBody.NO_PREVIOUS;
        int good = 0;
        for (Path file : files) {
            SealStore.Stored seal;
            try {
                seal = SealStore.read(file);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
                continue;
            }
            int found = problems.size();
            checkSeal(seal, before, previous);
            checkRecords(seal, before);
            good += problems.size() == found ? 1 : 0;
            before = seal.body();
            previous = seal.sha256();
        }
        long sealed = before == null ? 0 : before.position();
        return new AuditReport(
                files.size(), good, structure.records(), sealed, structure.chainHead(), List.copyOf(problems));
    }

    private void checkSeal(SealStore.Stored seal, @Nullable SealBody before, String previous) {
        SealBody body = seal.body();
        byte[] signature = seal.signature();
        if (signature == null || keys.stream().noneMatch(key -> SealKeys.isSigned(key, body.bytes(), signature))) {
            problems.add(
                    seal.file() + " is not signed with the given key: the seal was altered, or it is another key's");
        }
        int number = before == null ? 1 : before.number() + 1;
        if (body.number() != number) {
            problems.add(String.format(
                    Locale.ROOT,
                    "%s has number %d, expected %d: a seal is missing",
                    seal.file(),
                    body.number(),
                    number));
        } else if (!body.previous().equals(previous)) {
            problems.add(seal.file() + " does not follow the seal before it: that one was altered or exchanged");
        }
    }

    private void checkRecords(SealStore.Stored seal, @Nullable SealBody before) {
        SealBody body = seal.body();
        String covered = String.format(
                Locale.ROOT, "records %,d to %,d", before == null ? 1 : before.position() + 1, body.position());
        if (!readable || !foldUpTo(body.position())) {
            problems.add(covered + " cannot all be read, though " + seal.file() + " covers them; readable up to "
                    + String.format(Locale.ROOT, "%,d", position));
            return;
        }
        String actual = HexFormat.of().formatHex(head);
        if (batchEnd != body.position() || !actual.equals(body.chainHead())) {
            problems.add(covered + " are not those that were sealed in " + seal.file() + ": chain head expected="
                    + body.chainHead() + " actual=" + actual);
        }
        differences(body.totals(), totals.figures())
                .forEach(difference -> problems.add("totals up to " + body.position() + ": " + difference));
    }

    /** @return whether the journal has all of them */
    private boolean foldUpTo(long end) {
        try {
            while (position < end) {
                if (!records.next()) {
                    readable = false;
                    return false;
                }
                totals.add(records);
                position = records.position();
                batchEnd = records.batchEnd();
                records.copyBatchHash(head);
                if (position % REPORT_EVERY == 0) {
                    progress.accept(position);
                }
            }
            return true;
        } catch (RuntimeException e) {
            problems.add("the record at position " + (position + 1) + " cannot be read: " + e.getMessage());
            readable = false;
            return false;
        }
    }

    private static List<String> differences(Map<String, BigInteger> sealed, Map<String, BigInteger> found) {
        TreeSet<String> names = new TreeSet<>(sealed.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(name -> !of(sealed, name).equals(of(found, name)))
                .limit(MOST_FIGURES)
                .map(name -> name + " sealed=" + of(sealed, name) + " found=" + of(found, name))
                .toList();
    }

    private static BigInteger of(Map<String, BigInteger> totals, String name) {
        return totals.getOrDefault(name, BigInteger.ZERO);
    }
}
