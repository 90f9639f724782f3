package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.DocumentFraming;

/**
 * Chronicle's own framing: the two high bits of a word say "not complete" and "of Chronicle's own" (file header, index
 * pages), the other 30 are the length, and every word is aligned to 4 bytes.
 */
final class Cq4Framing implements DocumentFraming {
    static final String SUFFIX = ".cq4";
    private static final int NOT_COMPLETE = 1 << 31;
    private static final int META_DATA = 1 << 30;
    private static final int END_OF_FILE = NOT_COMPLETE | META_DATA;
    private static final int ALIGNMENT = 4;

    @Override
    public String fileSuffix() {
        return SUFFIX;
    }

    @Override
    public long firstWordOffset() {
        return 0;
    }

    @Override
    public Word classify(int word) {
        if (word == END_OF_FILE) {
            return Word.END_OF_FILE;
        }
        if (word == 0 || (word & NOT_COMPLETE) != 0) {
            return Word.NOTHING;
        }
        return (word & META_DATA) != 0 ? Word.FOREIGN : Word.DOCUMENT;
    }

    @Override
    public int contentBytes(int word) {
        return word & ~END_OF_FILE;
    }

    @Override
    public long nextWordOffset(long contentOffset, int contentBytes) {
        return (contentOffset + contentBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
