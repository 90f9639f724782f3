package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/** Adjustments that wait for a second person, by id, oldest first. */
final class PendingAdjustments implements KeptState {
    /** Most that wait at a time: a list that nobody works off is no control. */
    static final int MOST = 10_000;

    private static final long SALT = 0x50656E64L;

    private final Map<String, PendingAdjustment> byId = new LinkedHashMap<>();
    private long hash;

    void add(Operation proposed) {
        PendingAdjustment waiting = new PendingAdjustment(
                proposed.idempotencyKey(),
                proposed.memberKey(),
                proposed.subject(),
                proposed.amount(),
                proposed.author(),
                proposed.reason(),
                proposed.atMillis());
        byId.put(waiting.id(), waiting);
        hash += hash(waiting);
    }

    void remove(String id) {
        PendingAdjustment waiting = byId.remove(id);
        if (waiting != null) {
            hash -= hash(waiting);
        }
    }

    @Nullable
    PendingAdjustment find(String id) {
        return byId.get(id);
    }

    /** A merged member's adjustments are the survivor's. */
    void follow(long absorbed, long survivor) {
        for (Map.Entry<String, PendingAdjustment> entry : byId.entrySet()) {
            PendingAdjustment was = entry.getValue();
            if (was.memberKey() == absorbed) {
                PendingAdjustment now = was.by(survivor);
                hash += hash(now) - hash(was);
                entry.setValue(now);
            }
        }
    }

    boolean isFull() {
        return byId.size() >= MOST;
    }

    /** A copy: the answer may leave the engine's thread. */
    List<PendingAdjustment> all() {
        return List.copyOf(byId.values());
    }

    private static long hash(PendingAdjustment of) {
        long texts = text(of.id()) ^ Long.rotateLeft(text(of.purseId()), 16) ^ Long.rotateLeft(text(of.author()), 32);
        return Mix.of(SALT ^ texts, of.memberKey(), of.amountMicro());
    }

    private static long text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Mix.text(utf8, 0, utf8.length);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long sum = 0;
        for (PendingAdjustment waiting : byId.values()) {
            sum += hash(waiting);
        }
        return sum;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("pending-adjustments");
        sink.putInt(byId.size());
        for (PendingAdjustment waiting : byId.values()) {
            sink.putText(waiting.id());
            sink.putLong(waiting.memberKey());
            sink.putText(waiting.purseId());
            sink.putLong(waiting.amountMicro());
            sink.putText(waiting.author());
            sink.putText(waiting.reason());
            sink.putLong(waiting.atMillis());
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("pending-adjustments");
        for (int left = source.takeCount(); left > 0; left--) {
            PendingAdjustment waiting = new PendingAdjustment(
                    source.takeText(),
                    source.takeLong(),
                    source.takeText(),
                    source.takeLong(),
                    source.takeText(),
                    source.takeText(),
                    source.takeLong());
            byId.put(waiting.id(), waiting);
        }
        hash = recomputedHash();
    }
}
