package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/** A reward of the shop in integers. */
public final class ShopRule {
    /** Stock or uses without end. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final ShopReward source;
    private final int rule;
    private final byte[] idBytes;
    private final long[] priceMicroByLevel;
    private final int firstDay;
    private final int lastDay;

    private ShopRule(ShopReward source, int rule, @Nullable Tiers tiers) {
        this.source = source;
        this.rule = rule;
        idBytes = RewardRule.bytes(source.id());
        priceMicroByLevel = prices(source, tiers);
        firstDay = epochDay(source.firstDay(), Integer.MIN_VALUE);
        lastDay = epochDay(source.lastDay(), Integer.MAX_VALUE);
    }

    static List<ShopRule> of(ProgrammeDocument document, int firstRule) {
        List<ShopReward> shop = document.mechanics().shop();
        List<ShopRule> rules = new ArrayList<>(shop.size());
        for (int i = 0; i < shop.size(); i++) {
            rules.add(new ShopRule(
                    shop.get(i), firstRule + i, document.mechanics().tiers()));
        }
        return List.copyOf(rules);
    }

    private static long[] prices(ShopReward source, @Nullable Tiers tiers) {
        List<Tier> levels = tiers == null ? List.of() : tiers.levels();
        long[] prices = new long[levels.size() + 1];
        prices[0] = micro(source.price());
        for (int level = 1; level < prices.length; level++) {
            prices[level] = prices[0];
            for (TierPrice price : source.tierPrices()) {
                if (price.tier().equals(levels.get(level - 1).id())) {
                    prices[level] = micro(price.price());
                }
            }
        }
        return prices;
    }

    private static long micro(BigDecimal points) {
        return points.multiply(BigDecimal.valueOf(Points.MICRO)).longValueExact();
    }

    private static int epochDay(@Nullable LocalDate day, int absent) {
        return day == null ? absent : (int) day.toEpochDay();
    }

    /** The reward as its owner wrote it. */
    public ShopReward source() {
        return source;
    }

    public String id() {
        return source.id();
    }

    /** Whether a text of a receipt is this reward's id. */
    public boolean isNamed(ReceiptColumns receipt, int reference) {
        return Texts.same(receipt, reference, idBytes);
    }

    /** Index of this reward among the programme's rules. */
    public int rule() {
        return rule;
    }

    /** @param tierLevel from 1 as the programme lists them; 0 = none. A level beyond the list pays the usual price */
    public long priceMicro(long tierLevel) {
        return priceMicroByLevel[tierLevel < 0 || tierLevel >= priceMicroByLevel.length ? 0 : (int) tierLevel];
    }

    /** Units over all members; {@link #UNLIMITED} = no limit. */
    public long stock() {
        Long stock = source.stock();
        return stock == null ? UNLIMITED : stock;
    }

    /** Units for one member; {@link #UNLIMITED} = no limit. */
    public long perMember() {
        return source.perMember() == 0 ? UNLIMITED : source.perMember();
    }

    /** Whether it can be had on an epoch day. */
    public boolean isOpen(int day) {
        return day >= firstDay && day <= lastDay;
    }

    /** @param store empty = not in a store, where any reward can be had */
    public boolean isHadAt(String store) {
        return store.isEmpty() || source.stores().isEmpty() || source.stores().contains(store);
    }
}
