package org.assidu.accrual.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.RecordType;

/** Records in memory, read as a journal is read. */
final class MemoryJournal {
    record Entry(RecordType type, long timeMillis, byte[] payload) {}

    final List<Entry> entries = new ArrayList<>();

    long append(RecordType type, long timeMillis, byte[] payload) {
        entries.add(new Entry(type, timeMillis, payload));
        return entries.size();
    }

    JournalReader reader() {
        return new Reader(entries);
    }

    private static final class Reader implements JournalReader {
        private final List<Entry> entries;
        private int at = -1;

        Reader(List<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public void seek(long position) {
            at = (int) position - 2;
        }

        @Override
        public boolean next() {
            if (at + 1 >= entries.size()) {
                return false;
            }
            at++;
            return true;
        }

        @Override
        public long position() {
            return at + 1L;
        }

        @Override
        public int type() {
            return entries.get(at).type().code();
        }

        @Override
        public long timeMillis() {
            return entries.get(at).timeMillis();
        }

        @Override
        public byte[] buffer() {
            return entries.get(at).payload();
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return entries.get(at).payload().length;
        }

        @Override
        public long batchEnd() {
            return position();
        }

        @Override
        public void copyBatchHash(byte[] target) {
            Arrays.fill(target, (byte) 0);
        }

        @Override
        public void close() {}
    }
}
