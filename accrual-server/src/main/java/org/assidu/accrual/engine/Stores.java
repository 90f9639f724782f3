package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.assidu.accrual.model.StoreEntry;
import org.jspecify.annotations.Nullable;

/** Banners of stores, as the catalogue said last; looked up by the text of a receipt without allocating. */
final class Stores implements KeptState {
    private static final long SALT = 0x53746F726573L;

    private byte[][] keys = new byte[64][];
    private @Nullable String[] banners = new @Nullable String[64];
    private int size;
    private long hash;

    void add(List<StoreEntry> stores) {
        for (StoreEntry store : stores) {
            byte[] key = store.store().getBytes(StandardCharsets.UTF_8);
            int at = place(key, 0, key.length);
            if (keys[at] == null) {
                if (++size * 2 > keys.length) {
                    grow();
                    at = place(key, 0, key.length);
                }
                keys[at] = key;
            }
            // What an entry leaves out stays as it was: an import of sales names its stores and knows no banner.
            if (store.banner() != null) {
                hash += entryHash(key, store.banner()) - entryHash(key, banners[at]);
                banners[at] = store.banner();
            }
        }
    }

    private void grow() {
        byte[][] oldKeys = keys;
        @Nullable String[] oldBanners = banners;
        keys = new byte[oldKeys.length * 2][];
        banners = new @Nullable String[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int at = place(oldKeys[i], 0, oldKeys[i].length);
                keys[at] = oldKeys[i];
                banners[at] = oldBanners[i];
            }
        }
    }

    /** Where a store is, or would be. */
    private int place(byte[] text, int from, int length) {
        int mask = keys.length - 1;
        int at = (int) Mix.text(text, from, length) & mask;
        while (keys[at] != null && !Arrays.equals(keys[at], 0, keys[at].length, text, from, from + length)) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Banner of a receipt's store; null = unknown. */
    @Nullable
    String banner(ReceiptColumns receipt) {
        return banners[
                place(
                        receipt.text,
                        ReceiptColumns.textOffset(receipt.store),
                        ReceiptColumns.textLength(receipt.store))];
    }

    private static long entryHash(byte[] key, @Nullable String banner) {
        if (banner == null) {
            return 0;
        }
        byte[] text = banner.getBytes(StandardCharsets.UTF_8);
        return Mix.of(SALT, Mix.text(key, 0, key.length), Mix.text(text, 0, text.length));
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long sum = 0;
        for (int i = 0; i < keys.length; i++) {
            sum += keys[i] == null ? 0 : entryHash(keys[i], banners[i]);
        }
        return sum;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("stores");
        sink.putInt(size);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != null) {
                String banner = banners[i];
                sink.putBlock(keys[i]);
                sink.putBoolean(banner != null);
                sink.putText(banner == null ? "" : banner);
            }
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("stores");
        for (int left = source.takeCount(); left > 0; left--) {
            String store = source.takeText();
            boolean named = source.takeBoolean();
            String banner = source.takeText();
            add(List.of(new StoreEntry(store, null, named ? banner : null, null, null)));
        }
    }
}
