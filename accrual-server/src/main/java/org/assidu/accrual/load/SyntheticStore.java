package org.assidu.accrual.load;

import org.assidu.accrual.model.StoreEntry;

/**
 * A made-up store.
 *
 * @param size weight in choosing a store: a hypermarket has 3, a supermarket 1, a city shop 0.4
 */
public record SyntheticStore(
        String code, String name, String banner, String legalEntity, String country, double size, boolean web) {
    /** As the catalogue import takes it. */
    public StoreEntry entry() {
        return new StoreEntry(code, name, banner, legalEntity, country);
    }
}
