package org.assidu.accrual.model;

import org.jspecify.annotations.Nullable;

/** A store of the chain, with what analysts group by. */
public record StoreEntry(
        String store,
        @Nullable String name,
        @Nullable String banner,
        @Nullable String legalEntity,
        @Nullable String country) {}
