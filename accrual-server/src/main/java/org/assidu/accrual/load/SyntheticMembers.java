package org.assidu.accrual.load;

import org.assidu.accrual.model.Ean13;

/**
 * Members with rates and dropouts of their own, as the BG/NBD model sees people (Fader, Hardie and Lee 2005): purchases are
 * Poisson with a rate drawn from a gamma distribution; after each but the first a person stays away for ever with a chance
 * drawn from a beta distribution. Nothing is stored: a member follows from seed and index.
 */
final class SyntheticMembers {
    static final double RATE_SHAPE = 1.2;
    static final double DROPOUT_A = 0.6;
    static final double DROPOUT_B = 25;
    /** Share of members who were so before the first day. */
    static final double EARLIER_SHARE = 0.35;

    private static final long FIRST_CARD_12 = 298_000_000_000L;
    private static final double VISITS_PER_DAY = 1.0 / 9;
    private static final double MOST_VISITS_PER_DAY = 2;
    /** Later joiners would be seen too shortly to be of use. */
    private static final double LAST_JOIN_SHARE = 0.9;

    private static final int CALIBRATION_SAMPLE = 20_000;
    private static final double[] PERSONAS = ShopperPersona.cumulativeShares();
    private static final ShopperPersona[] PERSONA_VALUES = ShopperPersona.values();

    private final SyntheticConfig config;
    private final SyntheticStores stores;
    private final ChainCalendar calendar;
    private final double meanRate;

    SyntheticMembers(SyntheticConfig config, SyntheticStores stores, ChainCalendar calendar) {
        this.config = config;
        this.stores = stores;
        this.calendar = calendar;
        meanRate = config.members() == 0 ? 0 : calibratedRate();
    }

    static long card(int index) {
        return Ean13.withCheckDigit(FIRST_CARD_12 + index);
    }

    /** Mean over members of visits a day while alive. */
    double meanRate() {
        return meanRate;
    }

    SyntheticMember member(int index) {
        Draws draws = new Draws().of(config.seed(), Draws.Purpose.MEMBER, index, 0);
        double rate = meanRate * draws.gamma(RATE_SHAPE) / RATE_SHAPE;
        double dropout = draws.beta(DROPOUT_A, DROPOUT_B);
        double joined = joinedAt(draws);
        ShopperPersona persona = PERSONA_VALUES[draws.pick(PERSONAS)];
        int home = stores.pickPhysical(draws);
        return new SyntheticMember(
                index, card(index), joined < 0 ? -1 : calendar.dayOf(joined), rate, dropout, persona, home);
    }

    /** Season time of the first purchase; −1 for a member before the first day. */
    double joinedAt(int index) {
        Draws draws = new Draws().of(config.seed(), Draws.Purpose.MEMBER, index, 0);
        draws.gamma(RATE_SHAPE);
        draws.beta(DROPOUT_A, DROPOUT_B);
        return joinedAt(draws);
    }

    /** Mean number of purchases of a member within the period. */
    double expectedVisits(int index) {
        return expectedVisits(index, meanRate);
    }

    private double expectedVisits(int index, double mean) {
        Draws draws = new Draws().of(config.seed(), Draws.Purpose.MEMBER, index, 0);
        double rate = mean * draws.gamma(RATE_SHAPE) / RATE_SHAPE;
        double dropout = draws.beta(DROPOUT_A, DROPOUT_B);
        double joined = joinedAt(draws);
        double seen = config.days() - Math.max(0, joined);
        // E[X(t)] given rate and dropout: (1 - exp(-rate * dropout * t)) / dropout
        double repeats =
                dropout * rate * seen < 1e-9 ? rate * seen : -StrictMath.expm1(-rate * dropout * seen) / dropout;
        return repeats + (joined < 0 ? 0 : 1);
    }

    private double joinedAt(Draws draws) {
        boolean earlier = draws.chance(EARLIER_SHARE);
        double at = draws.unit() * LAST_JOIN_SHARE * config.days();
        return earlier ? -1 : at;
    }

    private double calibratedRate() {
        if (config.targetLines() == 0) {
            return VISITS_PER_DAY;
        }
        double visits = config.targetLines() / ShopperPersona.meanBasketLines() * config.identifiedShare();
        double wanted = visits / config.members();
        double low = 1e-9;
        double high = MOST_VISITS_PER_DAY;
        if (sampledVisits(high) < wanted || sampledVisits(low) > wanted) {
            throw new IllegalArgumentException("targetLines=" + config.targetLines() + " means " + Math.round(visits)
                    + " receipts of " + config.members() + " members in " + config.days() + " days, but they can make "
                    + Math.round(sampledVisits(low) * config.members()) + " to "
                    + Math.round(sampledVisits(high) * config.members()) + ": change members, days or targetLines");
        }
        for (int step = 0; step < 60; step++) {
            double middle = Math.sqrt(low * high);
            if (sampledVisits(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double sampledVisits(double rate) {
        int sample = Math.min(config.members(), CALIBRATION_SAMPLE);
        double sum = 0;
        for (int i = 0; i < sample; i++) {
            sum += expectedVisits((int) ((long) i * config.members() / sample), rate);
        }
        return sum / sample;
    }
}
