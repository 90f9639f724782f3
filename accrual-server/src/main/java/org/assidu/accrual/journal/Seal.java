package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a generation ended, kept beside its files as text that an operator can read. What lies behind a file's end is not
 * part of the journal.
 *
 * @param previousHash in hex, as is {@code chainHead}
 * @param files each file's name and the offset behind its last document
 */
record Seal(
        int generation,
        String reason,
        long previousPosition,
        String previousHash,
        long lastPosition,
        String chainHead,
        long batches,
        List<FileEnd> files) {

    /** Where a file's last document ends. */
    record FileEnd(String name, long end) {}

    static final String CLOSED = "closed";
    static final String RECOVERED = "recovered";
    static final String CUT = "cut";
    /** Of a copy: the generation went on when it was copied. */
    static final String COPIED = "copied";

    private static final String TITLE = "assidu-journal-seal 1";

    Seal {
        files = List.copyOf(files);
    }

    void write(Path generationDirectory) throws IOException {
        JournalDirectory.writeAtomically(generationDirectory.resolve(JournalDirectory.SEAL), text());
    }

    /** What {@link #parse} reads. */
    String text() {
        String body = body();
        return body + "crc32c " + checksum(body) + "\n";
    }

    private String body() {
        StringBuilder text = new StringBuilder(TITLE + "\n")
                .append("generation ")
                .append(generation)
                .append('\n')
                .append("reason ")
                .append(reason)
                .append('\n')
                .append("previous-position ")
                .append(previousPosition)
                .append('\n')
                .append("previous-hash ")
                .append(previousHash)
                .append('\n')
                .append("last-position ")
                .append(lastPosition)
                .append('\n')
                .append("chain-head ")
                .append(chainHead)
                .append('\n')
                .append("batches ")
                .append(batches)
                .append('\n');
        for (FileEnd file : files) {
            text.append("file ")
                    .append(file.end())
                    .append(' ')
                    .append(file.name())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * The seal in {@code generationDirectory}, or null when there is none.
     *
     * @throws IllegalArgumentException when it does not read as it was written
     */
    static @Nullable Seal read(Path generationDirectory) throws IOException {
        String text;
        try {
            byte[] bytes = Files.readAllBytes(generationDirectory.resolve(JournalDirectory.SEAL));
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        }
        return parse(text);
    }

    /** @throws IllegalArgumentException when it does not read as it was written */
    static Seal parse(String text) {
        int last = text.lastIndexOf("crc32c ");
        if (last < 0 || !text.substring(last).equals("crc32c " + checksum(text.substring(0, last)) + "\n")) {
            throw new IllegalArgumentException("the seal's checksum does not match its text");
        }
        List<String> lines = text.substring(0, last).lines().toList();
        if (!lines.get(0).equals(TITLE)) {
            throw new IllegalArgumentException(
                    "the seal starts with \"" + lines.get(0) + "\", expected \"" + TITLE + "\"");
        }
        List<FileEnd> files = new ArrayList<>();
        for (String line : lines.subList(8, lines.size())) {
            String[] words = line.split(" ", 3);
            files.add(new FileEnd(words[2], Long.parseLong(words[1])));
        }
        return new Seal(
                Integer.parseInt(value(lines, 1)),
                value(lines, 2),
                Long.parseLong(value(lines, 3)),
                value(lines, 4),
                Long.parseLong(value(lines, 5)),
                value(lines, 6),
                Long.parseLong(value(lines, 7)),
                files);
    }

    private static String value(List<String> lines, int line) {
        return lines.get(line).substring(lines.get(line).indexOf(' ') + 1);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
