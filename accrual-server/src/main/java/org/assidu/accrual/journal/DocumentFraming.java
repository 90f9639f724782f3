package org.assidu.accrual.journal;

/** How documents follow each other in one implementation's files: a 4-byte little-endian word, then the content. */
public interface DocumentFraming {

    /** What a length word announces. */
    enum Word {
        /** A document of ours. */
        DOCUMENT,
        /** Content of the implementation's own, to be passed over. */
        FOREIGN,
        /** Nothing yet. */
        NOTHING,
        /** Nothing, and there never will be in this file. */
        END_OF_FILE
    }

    /** The end of the names of files that hold documents; in name order they are in writing order. */
    String fileSuffix();

    /** Where the first word lies. */
    long firstWordOffset();

    Word classify(int word);

    /** Content bytes announced by a word for {@link Word#DOCUMENT} or {@link Word#FOREIGN}. */
    int contentBytes(int word);

    /** Where the word after content that starts at {@code contentOffset} lies. */
    long nextWordOffset(long contentOffset, int contentBytes);
}
