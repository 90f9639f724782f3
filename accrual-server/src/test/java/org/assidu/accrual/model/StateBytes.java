package org.assidu.accrual.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A state in memory, value by value: what a snapshot is without its file. */
public final class StateBytes implements StateSink {
    private interface Put {
        void run() throws IOException;
    }

    private interface Take<T> {
        T run() throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final List<String> parts = new ArrayList<>();

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Names of the parts, in order. */
    public List<String> parts() {
        return parts;
    }

    public StateSource source() {
        return new Source(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static void put(Put put) {
        try {
            put.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void begin(String part) {
        parts.add(part);
        put(() -> out.writeUTF(part));
    }

    @Override
    public void putLong(long value) {
        put(() -> out.writeLong(value));
    }

    @Override
    public void putInt(int value) {
        put(() -> out.writeInt(value));
    }

    @Override
    public void putBytes(byte[] values, int count) {
        put(() -> out.write(values, 0, count));
    }

    @Override
    public void putShorts(short[] values, int count) {
        for (int i = 0; i < count; i++) {
            short value = values[i];
            put(() -> out.writeShort(value));
        }
    }

    @Override
    public void putChars(char[] values, int count) {
        for (int i = 0; i < count; i++) {
            char value = values[i];
            put(() -> out.writeChar(value));
        }
    }

    @Override
    public void putInts(int[] values, int count) {
        for (int i = 0; i < count; i++) {
            putInt(values[i]);
        }
    }

    @Override
    public void putLongs(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            putLong(values[i]);
        }
    }

    private record Source(DataInputStream in) implements StateSource {
        private static <T> T take(Take<T> take) {
            try {
                return take.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void begin(String part) {
            String found = take(in::readUTF);
            if (!found.equals(part)) {
                throw new IllegalStateException("part expected=" + part + " actual=" + found);
            }
        }

        @Override
        public long takeLong() {
            return take(in::readLong);
        }

        @Override
        public int takeInt() {
            return take(in::readInt);
        }

        @Override
        public void takeBytes(byte[] into, int count) {
            take(() -> {
                in.readFully(into, 0, count);
                return into;
            });
        }

        @Override
        public void takeShorts(short[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = take(in::readShort);
            }
        }

        @Override
        public void takeChars(char[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = take(in::readChar);
            }
        }

        @Override
        public void takeInts(int[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = takeInt();
            }
        }

        @Override
        public void takeLongs(long[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = takeLong();
            }
        }
    }
}
