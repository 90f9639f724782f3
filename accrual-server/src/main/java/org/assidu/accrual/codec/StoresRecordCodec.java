package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.putNullableText;
import static org.assidu.accrual.codec.RecordBytes.putText;
import static org.assidu.accrual.codec.RecordBytes.textBound;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.StoreEntry;
import org.jspecify.annotations.Nullable;

/** Payload of STORES records: some stores of one import. */
public final class StoresRecordCodec {
    static final int LAYOUT = 1;

    private static final int LEAST_STORE_BYTES = 5;

    private StoresRecordCodec() {}

    /** Bytes that suffice for {@link #encode} of these. */
    public static int encodedSizeBound(List<StoreEntry> stores) {
        int bound = 1 + RecordBytes.MAX_INT_BYTES;
        for (StoreEntry s : stores) {
            bound += textBound(s.store()) + textBound(s.name()) + textBound(s.banner());
            bound = Math.addExact(bound, textBound(s.legalEntity()) + textBound(s.country()));
        }
        return bound;
    }

    /** Writes a payload. @return the number of bytes written */
    public static int encode(List<StoreEntry> stores, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        at = RecordBytes.putVarint(dest, at, stores.size());
        for (StoreEntry s : stores) {
            at = putText(dest, at, s.store());
            at = putNullableText(dest, at, s.name());
            at = putNullableText(dest, at, s.banner());
            at = putNullableText(dest, at, s.legalEntity());
            at = putNullableText(dest, at, s.country());
        }
        return at - offset;
    }

    /** @throws RecordFormatException when the bytes are not such a payload */
    public static List<StoreEntry> decode(byte[] source, int offset, int length) {
        RecordReader in = new RecordReader().open(source, offset, length);
        in.layout(LAYOUT);
        int count = in.count(LEAST_STORE_BYTES);
        List<StoreEntry> stores = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String store = in.text();
            @Nullable String name = in.nullableText();
            @Nullable String banner = in.nullableText();
            @Nullable String legalEntity = in.nullableText();
            stores.add(new StoreEntry(store, name, banner, legalEntity, in.nullableText()));
        }
        in.finish();
        return List.copyOf(stores);
    }
}
