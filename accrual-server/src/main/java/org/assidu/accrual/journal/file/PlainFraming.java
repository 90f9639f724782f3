package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.DocumentFraming;

/** Documents one behind the other, each after its length, behind 8 bytes that name the format. */
final class PlainFraming implements DocumentFraming {
    static final long MAGIC = 0x314c4e524a445341L; // "ASDJRNL1"
    static final String SUFFIX = ".journal";

    @Override
    public String fileSuffix() {
        return SUFFIX;
    }

    @Override
    public long firstWordOffset() {
        return Long.BYTES;
    }

    @Override
    public Word classify(int word) {
        return word <= 0 ? Word.NOTHING : Word.DOCUMENT;
    }

    @Override
    public int contentBytes(int word) {
        return word;
    }

    @Override
    public long nextWordOffset(long contentOffset, int contentBytes) {
        return contentOffset + contentBytes;
    }
}
