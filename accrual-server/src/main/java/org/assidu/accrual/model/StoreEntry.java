package org.assidu.accrual.model;

import org.jspecify.annotations.Nullable;

/** A store of the chain, with what analysts group by. */
public record StoreEntry(
        String store,
        @Nullable String name,
        @Nullable String banner,
        @Nullable String legalEntity,
        @Nullable String country) {

    /** This entry, with what it leaves out as an earlier one said it. */
    public StoreEntry over(StoreEntry earlier) {
        return new StoreEntry(
                store,
                name == null ? earlier.name : name,
                banner == null ? earlier.banner : banner,
                legalEntity == null ? earlier.legalEntity : legalEntity,
                country == null ? earlier.country : country);
    }
}
