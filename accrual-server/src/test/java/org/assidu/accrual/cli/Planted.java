package org.assidu.accrual.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Values that are looked for in files, in every form that software of ours, or a careless line of it, would write them in: texts in
 * UTF-8 and UTF-16, in other case, without accents, as base64 and hexadecimal digits; numbers also as integers of 4 and 8 bytes,
 * variable-length integers, and packed decimals.
 */
final class Planted {
    private static final int LEAST_BYTES = 4;

    /** A value in one form. */
    record Form(String value, String form, byte[] bytes) {
        /** Where three bytes begin that are no filling: most of a journal file is zeros. */
        int anchor() {
            int best = 0;
            for (int at = bytes.length - 3; at >= 0; at--) {
                if (weight(at) >= weight(best)) {
                    best = at;
                }
            }
            return best;
        }

        private int weight(int at) {
            return (bytes[at] == 0 ? 0 : 1) + (bytes[at + 1] == 0 ? 0 : 1) + (bytes[at + 2] == 0 ? 0 : 1);
        }

        @Override
        public String toString() {
            return value + " as " + form;
        }
    }

    private final List<Form> forms = new ArrayList<>();
    private final Map<Integer, List<Form>> byAnchor = new HashMap<>();
    /** Journals are large and mostly holes: nearly every place is passed over by this. */
    private final BitSet anchors = new BitSet(1 << 24);

    Planted text(String value) {
        String plain = Normalizer.normalize(value, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        Set<String> spellings = new LinkedHashSet<>();
        for (String spelling : List.of(value, plain)) {
            spellings.add(spelling);
            spellings.add(spelling.toLowerCase(Locale.ROOT));
            spellings.add(spelling.toUpperCase(Locale.ROOT));
        }
        for (String spelling : spellings) {
            for (Charset charset : List.of(
                    StandardCharsets.UTF_8,
                    StandardCharsets.ISO_8859_1,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_16BE)) {
                add(value, charset + " " + spelling, spelling.getBytes(charset));
            }
            byte[] utf8 = spelling.getBytes(StandardCharsets.UTF_8);
            add(value, "hex", ascii(HexFormat.of().formatHex(utf8)));
            for (int shift = 0; shift < 3; shift++) {
                // What base64 makes of it behind 0, 1 or 2 other bytes, without the characters that depend on
                // neighbours.
                String coded = Base64.getEncoder().withoutPadding().encodeToString(join(new byte[shift], utf8));
                int from = shift == 0 ? 0 : shift + 1;
                add(value, "base64", ascii(coded.substring(from, from + (utf8.length - 3) / 3 * 4)));
            }
        }
        return this;
    }

    /** A number as text and packed. */
    Planted number(long value) {
        String digits = Long.toString(value);
        text(digits);
        add(digits, "8 bytes little", fixed(Long.BYTES, ByteOrder.LITTLE_ENDIAN, value));
        add(digits, "8 bytes big", fixed(Long.BYTES, ByteOrder.BIG_ENDIAN, value));
        if (value <= Integer.MAX_VALUE) {
            add(digits, "4 bytes little", fixed(Integer.BYTES, ByteOrder.LITTLE_ENDIAN, value));
            add(digits, "4 bytes big", fixed(Integer.BYTES, ByteOrder.BIG_ENDIAN, value));
        }
        add(digits, "varint", varint(value));
        add(digits, "zigzag varint", varint(value << 1));
        add(digits, "packed decimal", HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits));
        add(
                digits,
                "packed decimal from the left",
                HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : digits + "0"));
        return this;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] fixed(int bytes, ByteOrder order, long value) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
        return (bytes == Long.BYTES ? buffer.putLong(value) : buffer.putInt((int) value)).array();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 127) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private void add(String value, String form, byte[] bytes) {
        if (bytes.length >= LEAST_BYTES) {
            Form added = new Form(value, form, bytes);
            forms.add(added);
            int three = first(bytes, added.anchor());
            anchors.set(three);
            byAnchor.computeIfAbsent(three, first -> new ArrayList<>()).add(added);
        }
    }

    private static int first(byte[] bytes, int at) {
        return (bytes[at] & 255) << 16 | (bytes[at + 1] & 255) << 8 | bytes[at + 2] & 255;
    }

    List<Form> forms() {
        return forms;
    }

    /** What is found in bytes. */
    Set<Form> in(byte[] content) {
        Set<Form> found = new LinkedHashSet<>();
        for (int at = 0; at + 3 <= content.length; at++) {
            int three = first(content, at);
            if (anchors.get(three)) {
                for (Form form : byAnchor.getOrDefault(three, List.of())) {
                    if (isAt(form.bytes(), content, at - form.anchor())) {
                        found.add(form);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isAt(byte[] bytes, byte[] content, int from) {
        int end = from + bytes.length;
        return from >= 0 && end <= content.length && Arrays.equals(content, from, end, bytes, 0, bytes.length);
    }

    Set<Form> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is found in a file's name and content, or in those of all files under a folder: where, and what. */
    Set<String> under(Path root) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (Form form : in(Files.readAllBytes(file))) {
                    found.add(root.relativize(file) + ": " + form);
                }
                for (Form form : in(root.relativize(file).toString())) {
                    found.add(root.relativize(file) + " in its name: " + form);
                }
            }
        }
        return found;
    }
}
