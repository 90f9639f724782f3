package org.assidu.accrual.table;

import org.assidu.accrual.model.ProductEntry;

/** {@code products}: the catalogue, one row a product and period of validity. */
final class ProductsTable extends Table<ProductEntry> {
    ProductsTable() {
        super(
                "products",
                null,
                new SchemaBuilder()
                        .text("sku", "name")
                        .nullable()
                        .text("category_path", "brand")
                        .nullable()
                        .int64("unit_cost_minor")
                        .nullable()
                        .text("currency")
                        .nullable()
                        .date("valid_from", "valid_to"));
    }

    @Override
    void write(ProductEntry product, RowWriter out) {
        out.text(product.sku());
        out.text(product.name());
        out.nullableText(product.categoryPath());
        out.nullableText(product.brand());
        Long cost = product.unitCostMinor();
        if (cost == null) {
            out.absent();
        } else {
            out.int64(cost);
        }
        out.nullableText(product.currency());
        out.date(product.validFrom());
        out.date(product.validTo());
    }
}
