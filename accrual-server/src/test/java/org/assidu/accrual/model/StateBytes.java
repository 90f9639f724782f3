package org.assidu.accrual.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A state in memory, value by value: what a snapshot is without its file. */
public final class StateBytes implements StateSink {
    private ByteBuffer out = ByteBuffer.allocate(1 << 16);
    private final List<String> parts = new ArrayList<>();

    public byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Names of the parts, in order. */
    public List<String> parts() {
        return parts;
    }

    public StateSource source() {
        return new Source(ByteBuffer.wrap(bytes()));
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int size = Math.max(2 * out.capacity(), out.position() + bytes);
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), size)).position(out.position());
        }
        return out;
    }

    @Override
    public void begin(String part) {
        parts.add(part);
        byte[] name = part.getBytes(StandardCharsets.UTF_8);
        putInt(name.length);
        putBytes(name, name.length);
    }

    @Override
    public void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    @Override
    public void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    @Override
    public void putBytes(byte[] values, int count) {
        room(count).put(values, 0, count);
    }

    @Override
    public void putShorts(short[] values, int count) {
        room(count * Short.BYTES).asShortBuffer().put(values, 0, count);
        out.position(out.position() + count * Short.BYTES);
    }

    @Override
    public void putChars(char[] values, int count) {
        room(count * Character.BYTES).asCharBuffer().put(values, 0, count);
        out.position(out.position() + count * Character.BYTES);
    }

    @Override
    public void putInts(int[] values, int count) {
        room(count * Integer.BYTES).asIntBuffer().put(values, 0, count);
        out.position(out.position() + count * Integer.BYTES);
    }

    @Override
    public void putLongs(long[] values, int count) {
        room(count * Long.BYTES).asLongBuffer().put(values, 0, count);
        out.position(out.position() + count * Long.BYTES);
    }

    private record Source(ByteBuffer in) implements StateSource {
        @Override
        public void begin(String part) {
            byte[] name = new byte[in.getInt()];
            in.get(name);
            String found = new String(name, StandardCharsets.UTF_8);
            if (!found.equals(part)) {
                throw new IllegalStateException("part expected=" + part + " actual=" + found);
            }
        }

        @Override
        public long takeLong() {
            return in.getLong();
        }

        @Override
        public int takeInt() {
            return in.getInt();
        }

        @Override
        public void takeBytes(byte[] into, int count) {
            in.get(into, 0, count);
        }

        @Override
        public void takeShorts(short[] into, int count) {
            in.asShortBuffer().get(into, 0, count);
            in.position(in.position() + count * Short.BYTES);
        }

        @Override
        public void takeChars(char[] into, int count) {
            in.asCharBuffer().get(into, 0, count);
            in.position(in.position() + count * Character.BYTES);
        }

        @Override
        public void takeInts(int[] into, int count) {
            in.asIntBuffer().get(into, 0, count);
            in.position(in.position() + count * Integer.BYTES);
        }

        @Override
        public void takeLongs(long[] into, int count) {
            in.asLongBuffer().get(into, 0, count);
            in.position(in.position() + count * Long.BYTES);
        }
    }
}
