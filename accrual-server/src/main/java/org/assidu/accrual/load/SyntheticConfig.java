package org.assidu.accrual.load;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What kind of chain to make up.
 *
 * @param seed the same seed and settings give the same receipts, on every machine
 * @param stores number of stores; from five on the last one is the web shop
 * @param tillsPerStore tills in each store; from three on every third is a self-checkout
 * @param members number of members, those who join on the way included
 * @param products number of articles
 * @param startDate first day of sales
 * @param days number of days
 * @param zone zone of the stores' clocks
 * @param currency ISO 4217 code
 * @param identifiedShare share of sale receipts with a card, 0 to 1
 * @param targetLines about how many lines to make, by scaling the members' rates; 0 = leave them at one visit in nine days
 * @param returnShare share of sale receipts of which something comes back later
 */
public record SyntheticConfig(
        long seed,
        int stores,
        int tillsPerStore,
        int members,
        int products,
        LocalDate startDate,
        int days,
        ZoneId zone,
        String currency,
        double identifiedShare,
        long targetLines,
        double returnShare) {
    static final int LARGEST_MEMBERS = 50_000_000;

    public SyntheticConfig {
        require(stores >= 1 && stores <= 10_000, "stores", "1 to 10000", stores);
        require(tillsPerStore >= 1 && tillsPerStore <= 200, "tillsPerStore", "1 to 200", tillsPerStore);
        require(members >= 0 && members <= LARGEST_MEMBERS, "members", "0 to " + LARGEST_MEMBERS, members);
        require(products >= 200 && products <= 1_000_000, "products", "200 to 1000000", products);
        require(days >= 1 && days <= 36_500, "days", "1 to 36500", days);
        require(identifiedShare >= 0 && identifiedShare <= 1, "identifiedShare", "0 to 1", identifiedShare);
        require(targetLines >= 0, "targetLines", "0 or more", targetLines);
        require(returnShare >= 0 && returnShare <= 0.5, "returnShare", "0 to 0.5", returnShare);
        require(currency.matches("[A-Z]{3}"), "currency", "an ISO 4217 code", currency);
        if ((members == 0) != (identifiedShare == 0)) {
            throw new IllegalArgumentException("members=" + members + " and identifiedShare=" + identifiedShare
                    + " do not fit: both are 0 or neither is");
        }
        if (members == 0 && targetLines == 0) {
            throw new IllegalArgumentException("a chain without members needs targetLines");
        }
    }

    /** A small chain: 8 stores of 6 tills, 5,000 members, 3,000 articles, 365 days from 2025-01-01, 70 % identified. */
    public static SyntheticConfig small(long seed) {
        return new SyntheticConfig(
                seed,
                8,
                6,
                5_000,
                3_000,
                LocalDate.of(2025, 1, 1),
                365,
                ZoneId.of("Europe/Paris"),
                "EUR",
                0.7,
                0,
                0.02);
    }

    public SyntheticConfig withStores(int count, int tillsEach) {
        return new SyntheticConfig(
                seed,
                count,
                tillsEach,
                members,
                products,
                startDate,
                days,
                zone,
                currency,
                identifiedShare,
                targetLines,
                returnShare);
    }

    public SyntheticConfig withMembers(int count, double share) {
        return new SyntheticConfig(
                seed,
                stores,
                tillsPerStore,
                count,
                products,
                startDate,
                days,
                zone,
                currency,
                share,
                targetLines,
                returnShare);
    }

    public SyntheticConfig withProducts(int count) {
        return new SyntheticConfig(
                seed,
                stores,
                tillsPerStore,
                members,
                count,
                startDate,
                days,
                zone,
                currency,
                identifiedShare,
                targetLines,
                returnShare);
    }

    public SyntheticConfig withPeriod(LocalDate start, int dayCount, ZoneId clocks) {
        return new SyntheticConfig(
                seed,
                stores,
                tillsPerStore,
                members,
                products,
                start,
                dayCount,
                clocks,
                currency,
                identifiedShare,
                targetLines,
                returnShare);
    }

    public SyntheticConfig withTargetLines(long lines) {
        return new SyntheticConfig(
                seed,
                stores,
                tillsPerStore,
                members,
                products,
                startDate,
                days,
                zone,
                currency,
                identifiedShare,
                lines,
                returnShare);
    }

    public SyntheticConfig withReturnShare(double share) {
        return new SyntheticConfig(
                seed,
                stores,
                tillsPerStore,
                members,
                products,
                startDate,
                days,
                zone,
                currency,
                identifiedShare,
                targetLines,
                share);
    }

    private static void require(boolean holds, String name, String range, Object actual) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + range + ", not " + actual);
        }
    }
}
