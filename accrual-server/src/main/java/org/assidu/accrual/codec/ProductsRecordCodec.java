package org.assidu.accrual.codec;

import static org.assidu.accrual.codec.RecordBytes.putNullableText;
import static org.assidu.accrual.codec.RecordBytes.putSigned;
import static org.assidu.accrual.codec.RecordBytes.putText;
import static org.assidu.accrual.codec.RecordBytes.textBound;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.ProductEntry;
import org.jspecify.annotations.Nullable;

/** Payload of PRODUCTS records: some products of one import. */
public final class ProductsRecordCodec {
    static final int LAYOUT = 1;

    private static final int LEAST_PRODUCT_BYTES = 8;

    private ProductsRecordCodec() {}

    /** Bytes that suffice for {@link #encode} of these. */
    public static int encodedSizeBound(List<ProductEntry> products) {
        int bound = 1 + RecordBytes.MAX_INT_BYTES;
        for (ProductEntry p : products) {
            bound = Math.addExact(bound, bound(p));
        }
        return bound;
    }

    private static int bound(ProductEntry p) {
        return textBound(p.sku())
                + textBound(p.name())
                + textBound(p.categoryPath())
                + textBound(p.brand())
                + textBound(p.currency())
                + 1
                + RecordBytes.MAX_LONG_BYTES
                + 2 * RecordBytes.MAX_INT_BYTES;
    }

    /** Writes a payload. @return the number of bytes written */
    public static int encode(List<ProductEntry> products, byte[] dest, int offset) {
        int at = offset;
        dest[at++] = LAYOUT;
        at = RecordBytes.putVarint(dest, at, products.size());
        for (ProductEntry p : products) {
            at = putText(dest, at, p.sku());
            at = putText(dest, at, p.name());
            at = putNullableText(dest, at, p.categoryPath());
            at = putNullableText(dest, at, p.brand());
            Long cost = p.unitCostMinor();
            dest[at++] = (byte) (cost == null ? 0 : 1);
            if (cost != null) {
                at = putSigned(dest, at, cost);
            }
            at = putNullableText(dest, at, p.currency());
            at = putSigned(dest, at, p.validFrom());
            at = putSigned(dest, at, p.validTo());
        }
        return at - offset;
    }

    /** @throws RecordFormatException when the bytes are not such a payload */
    public static List<ProductEntry> decode(byte[] source, int offset, int length) {
        RecordReader in = new RecordReader().open(source, offset, length);
        in.layout(LAYOUT);
        int count = in.count(LEAST_PRODUCT_BYTES);
        List<ProductEntry> products = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            products.add(product(in));
        }
        in.finish();
        return List.copyOf(products);
    }

    private static ProductEntry product(RecordReader in) {
        String sku = in.text();
        String name = in.text();
        @Nullable String categoryPath = in.nullableText();
        @Nullable String brand = in.nullableText();
        int costKnown = in.unsignedByte();
        if (costKnown > 1) {
            throw in.failure("unit cost marker is " + costKnown + ", expected 0 or 1");
        }
        @Nullable Long unitCostMinor = costKnown == 1 ? in.signed() : null;
        @Nullable String currency = in.nullableText();
        int validFrom = in.signedInt();
        return new ProductEntry(sku, name, categoryPath, brand, unitCostMinor, currency, validFrom, in.signedInt());
    }
}
