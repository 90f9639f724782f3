package org.assidu.accrual.table;

import org.assidu.accrual.model.StoreEntry;

/** {@code stores}: one row a store. */
final class StoresTable extends Table<StoreEntry> {
    StoresTable() {
        super(
                "stores",
                null,
                new SchemaBuilder().text("store").nullable().text("name", "banner", "legal_entity", "country"));
    }

    @Override
    void write(StoreEntry store, RowWriter out) {
        out.text(store.store());
        out.nullableText(store.name());
        out.nullableText(store.banner());
        out.nullableText(store.legalEntity());
        out.nullableText(store.country());
    }
}
