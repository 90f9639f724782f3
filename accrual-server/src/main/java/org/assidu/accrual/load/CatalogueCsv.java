package org.assidu.accrual.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.assidu.proto.v1.Product;
import org.assidu.proto.v1.Store;

/** Reads products and stores from CSV files; a file with bad rows is refused with every reason. */
public final class CatalogueCsv {
    private static final Set<String> PRODUCT_COLUMNS =
            Set.of("sku", "name", "category_path", "brand", "unit_cost", "currency", "valid_from", "valid_to");
    private static final Set<String> STORE_COLUMNS = Set.of("store", "name", "banner", "legal_entity", "country");
    private static final int MOST_REASONS = 50;

    private final List<String> problems = new ArrayList<>();

    private CatalogueCsv() {}

    /** @throws IllegalArgumentException with the reasons, when the file has bad rows */
    public static List<Product> products(Path file) throws IOException {
        CatalogueCsv csv = new CatalogueCsv();
        return csv.read(file, PRODUCT_COLUMNS, "sku", csv::product);
    }

    /** @throws IllegalArgumentException with the reasons, when the file has bad rows */
    public static List<Store> stores(Path file) throws IOException {
        CatalogueCsv csv = new CatalogueCsv();
        return csv.read(file, STORE_COLUMNS, "store", csv::store);
    }

    private <T> List<T> read(Path file, Set<String> known, String key, Function<NamedCsvRecord, T> mapper)
            throws IOException {
        List<T> entries = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            boolean first = true;
            for (NamedCsvRecord row : reader) {
                if (first) {
                    first = false;
                    checkHeader(file, row.getHeader(), known, key);
                }
                if (text(row, key).isEmpty()) {
                    problem(row, key + " is empty");
                }
                entries.add(mapper.apply(row));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(file + ": nothing imported; " + problems.size() + " problem(s):\n  "
                    + String.join("\n  ", problems.subList(0, Math.min(MOST_REASONS, problems.size()))));
        }
        return entries;
    }

    private static void checkHeader(Path file, List<String> header, Set<String> known, String key) {
        for (String column : header) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException(file + ": column '" + column + "' is unknown; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        if (!header.contains(key)) {
            throw new IllegalArgumentException(file + ": column '" + key + "' is missing");
        }
    }

    private Product product(NamedCsvRecord row) {
        Product.Builder product = Product.newBuilder()
                .setSku(text(row, "sku"))
                .setName(text(row, "name"))
                .setCategoryPath(text(row, "category_path"))
                .setBrand(text(row, "brand"))
                .setCurrency(text(row, "currency"))
                .setValidFrom(date(row, "valid_from"))
                .setValidTo(date(row, "valid_to"));
        String cost = text(row, "unit_cost");
        if (!cost.isEmpty()) {
            if (cost.matches("[0-9]{1,12}([.][0-9]{1,2})?")) {
                product.setUnitCostMinor(new BigDecimal(cost).movePointRight(2).longValueExact())
                        .setUnitCostPresent(true);
            } else {
                problem(row, "unit_cost '" + cost + "' is not an amount such as 12.34");
            }
        }
        return product.build();
    }

    private Store store(NamedCsvRecord row) {
        return Store.newBuilder()
                .setStore(text(row, "store"))
                .setName(text(row, "name"))
                .setBanner(text(row, "banner"))
                .setLegalEntity(text(row, "legal_entity"))
                .setCountry(text(row, "country"))
                .build();
    }

    private int date(NamedCsvRecord row, String column) {
        String value = text(row, column);
        if (value.isEmpty()) {
            return 0;
        }
        if (!value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            problem(row, column + " '" + value + "' is not yyyy-mm-dd");
            return 0;
        }
        return Integer.parseInt(value.replace("-", ""));
    }

    private void problem(NamedCsvRecord row, String reason) {
        problems.add("line " + row.getStartingLineNumber() + ": " + reason);
    }

    private static String text(NamedCsvRecord row, String column) {
        return row.findField(column).map(String::trim).orElse("");
    }
}
