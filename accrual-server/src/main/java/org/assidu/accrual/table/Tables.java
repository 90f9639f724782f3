package org.assidu.accrual.table;

import java.util.List;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.StoreEntry;

/** The tables of an export folder. */
public final class Tables {
    /** One row a line: {@link ReceiptRow#line} says which. */
    public static final Table<ReceiptRow> SALE_LINES = new SaleLinesTable();

    public static final Table<ReceiptRow> RECEIPTS = new ReceiptsTable();
    public static final Table<LedgerRow> LEDGER = new LedgerTable();
    public static final Table<EventRow> EVENTS = new EventsTable();
    public static final Table<MemberRow> MEMBERS = new MembersTable();
    public static final Table<ProductEntry> PRODUCTS = new ProductsTable();
    public static final Table<StoreEntry> STORES = new StoresTable();
    public static final Table<ProgrammeVersionRow> PROGRAMME_VERSIONS = new ProgrammeVersionsTable();

    public static final List<Table<?>> ALL =
            List.of(SALE_LINES, RECEIPTS, LEDGER, EVENTS, MEMBERS, PRODUCTS, STORES, PROGRAMME_VERSIONS);

    private Tables() {}
}
