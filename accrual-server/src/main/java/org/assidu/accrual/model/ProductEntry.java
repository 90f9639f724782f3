package org.assidu.accrual.model;

import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue, for one period of validity.
 *
 * @param categoryPath levels separated by "/", widest first
 * @param unitCostMinor purchase cost of one unit; null when unknown
 * @param validFrom first day as yyyymmdd, 0 = open
 * @param validTo last day as yyyymmdd, 0 = open
 */
public record ProductEntry(
        String sku,
        String name,
        @Nullable String categoryPath,
        @Nullable String brand,
        @Nullable Long unitCostMinor,
        @Nullable String currency,
        int validFrom,
        int validTo) {}
