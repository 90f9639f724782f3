package org.assidu.accrual.admin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.grpc.GrpcErrors;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.proto.v1.Product;
import org.assidu.proto.v1.Store;
import org.jspecify.annotations.Nullable;

/** Products and stores of the wire contract, checked. */
final class CatalogueMapper {
    private static final int MAX_ENTRIES = 5_000;
    private static final int MAX_CODE_BYTES = 64;
    private static final int MAX_NAME_BYTES = 255;

    private CatalogueMapper() {}

    static List<ProductEntry> products(List<Product> from) {
        checkCount("products", from.size());
        List<ProductEntry> to = new ArrayList<>(from.size());
        for (int p = 0; p < from.size(); p++) {
            to.add(product(from.get(p), "products[" + p + "]."));
        }
        return to;
    }

    static List<StoreEntry> stores(List<Store> from) {
        checkCount("stores", from.size());
        List<StoreEntry> to = new ArrayList<>(from.size());
        for (int s = 0; s < from.size(); s++) {
            Store store = from.get(s);
            String field = "stores[" + s + "].";
            to.add(new StoreEntry(
                    required(store.getStore(), MAX_CODE_BYTES, field + "store"),
                    optional(store.getName(), field + "name"),
                    optional(store.getBanner(), field + "banner"),
                    optional(store.getLegalEntity(), field + "legal_entity"),
                    optional(store.getCountry(), field + "country")));
        }
        return to;
    }

    private static ProductEntry product(Product from, String field) {
        String currency = from.getCurrency();
        if (!currency.isEmpty() && ReceiptColumns.packCurrency(currency) == 0) {
            throw GrpcErrors.invalidArgument(field + "currency", "\"" + currency + "\"; send an ISO 4217 code or none");
        }
        if (from.getUnitCostPresent() && (from.getUnitCostMinor() < 0 || currency.isEmpty())) {
            throw GrpcErrors.invalidArgument(
                    field + "unit_cost_minor",
                    from.getUnitCostMinor() + " \"" + currency + "\"; send 0 or more, with its currency");
        }
        checkDay(from.getValidFrom(), field + "valid_from");
        checkDay(from.getValidTo(), field + "valid_to");
        if (from.getValidTo() != 0 && from.getValidTo() < from.getValidFrom()) {
            throw GrpcErrors.invalidArgument(
                    field + "valid_to", from.getValidTo() + " is before valid_from " + from.getValidFrom());
        }
        return new ProductEntry(
                required(from.getSku(), MAX_CODE_BYTES, field + "sku"),
                bounded(from.getName(), MAX_NAME_BYTES, field + "name"),
                optional(from.getCategoryPath(), field + "category_path"),
                optional(from.getBrand(), field + "brand"),
                from.getUnitCostPresent() ? from.getUnitCostMinor() : null,
                currency.isEmpty() ? null : currency,
                from.getValidFrom(),
                from.getValidTo());
    }

    private static void checkCount(String field, int count) {
        if (count > MAX_ENTRIES) {
            throw GrpcErrors.invalidArgument(field, count + " in one message; send at most " + MAX_ENTRIES);
        }
    }

    private static void checkDay(int day, String field) {
        int month = day / 100 % 100;
        boolean date = day >= 1900_01_01
                && day <= 9999_12_31
                && month >= 1
                && month <= 12
                && day % 100 >= 1
                && day % 100 <= 31;
        if (day != 0 && !date) {
            throw GrpcErrors.invalidArgument(field, day + "; send a day as yyyymmdd, or 0 for open");
        }
    }

    private static String required(String value, int maxBytes, String field) {
        if (value.isEmpty()) {
            throw GrpcErrors.invalidArgument(field, "empty; send 1 to " + maxBytes + " bytes");
        }
        return bounded(value, maxBytes, field);
    }

    private static @Nullable String optional(String value, String field) {
        return value.isEmpty() ? null : bounded(value, MAX_NAME_BYTES, field);
    }

    private static String bounded(String value, int maxBytes, String field) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw GrpcErrors.invalidArgument(field, bytes + " bytes; send at most " + maxBytes);
        }
        return value;
    }
}
