package org.assidu.accrual.load;

import java.util.Iterator;
import java.util.List;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.StoreEntry;

/**
 * A made-up chain whose sales look like those of a real one: stores of different sizes, articles with prices, VAT and costs,
 * members with rates and dropouts of their own, seasons, weekly flyers, returns, anonymous shoppers. Everything follows from
 * its settings; no two runs differ.
 */
public final class SyntheticChain {
    private final SyntheticConfig config;
    private final ChainCalendar calendar;
    private final SyntheticStores stores;
    private final SyntheticCatalogue catalogue;
    private final SyntheticMembers members;
    private final double anonymousPerDay;

    public SyntheticChain(SyntheticConfig config) {
        this.config = config;
        calendar = new ChainCalendar(config.seed(), config.startDate(), config.days(), config.zone());
        stores = new SyntheticStores(config.seed(), config.stores());
        catalogue = new SyntheticCatalogue(config.seed(), config.products());
        members = new SyntheticMembers(config, stores, calendar);
        anonymousPerDay = anonymousReceipts() / config.days();
    }

    public SyntheticConfig config() {
        return config;
    }

    public List<SyntheticStore> stores() {
        return stores.stores();
    }

    public List<SyntheticProduct> products() {
        return catalogue.products();
    }

    /** The stores as the catalogue import takes them. */
    public List<StoreEntry> storeEntries() {
        return stores().stream().map(SyntheticStore::entry).toList();
    }

    /** The articles as the catalogue import takes them. */
    public List<ProductEntry> productEntries() {
        return products().stream()
                .map(product -> product.entry(config.currency()))
                .toList();
    }

    /** The truth about a member, by index from 0. */
    public SyntheticMember member(int index) {
        return members.member(index);
    }

    /** Mean number of purchases that a member with these rates makes within the period. */
    public double expectedVisits(int index) {
        return members.expectedVisits(index);
    }

    /** Mean over members of visits a day while alive. */
    public double meanVisitsPerDay() {
        return members.meanRate();
    }

    /** Lowest card number; the members' cards are consecutive. */
    public long firstCard() {
        return SyntheticMembers.card(0);
    }

    /** Highest card number; equal to {@link #firstCard} where there are no members. */
    public long lastCard() {
        return SyntheticMembers.card(Math.max(0, config.members() - 1));
    }

    /** All receipts in the order in which they were sold; each call starts anew. */
    public Iterator<SyntheticReceipt> receipts() {
        return new ChainSimulation(config, stores, members, catalogue, calendar, anonymousPerDay);
    }

    private double anonymousReceipts() {
        double share = config.identifiedShare();
        if (share == 0) {
            return config.targetLines() / ShopperPersona.meanBasketLines();
        }
        double identified = 0;
        for (int index = 0; index < config.members(); index++) {
            identified += members.expectedVisits(index);
        }
        return identified * (1 - share) / share;
    }
}
