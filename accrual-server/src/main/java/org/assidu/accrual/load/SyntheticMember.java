package org.assidu.accrual.load;

/**
 * The truth about a made-up member, for checking what models estimate.
 *
 * @param card EAN-13
 * @param joinedDay day of the first purchase, from 0; −1 = a member before the first day
 * @param visitsPerDay rate of purchases while alive, on a day of average season
 * @param dropoutProbability chance to stay away for ever after a purchase (but the first)
 * @param persona kind of shopper
 * @param homeStore index of the usual store
 */
public record SyntheticMember(
        int index,
        long card,
        int joinedDay,
        double visitsPerDay,
        double dropoutProbability,
        ShopperPersona persona,
        int homeStore) {}
