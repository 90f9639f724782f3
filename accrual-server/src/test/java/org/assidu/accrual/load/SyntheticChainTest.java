package org.assidu.accrual.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assidu.accrual.load.SyntheticReceipt.Line;
import org.assidu.accrual.load.SyntheticReceipt.Original;
import org.assidu.accrual.load.SyntheticReceipt.Tender;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.TenderKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SyntheticChainTest {
    private static final SyntheticConfig CONFIG = SyntheticConfig.small(42);

    private static SyntheticChain chain;
    private static List<SyntheticReceipt> receipts;

    @BeforeAll
    static void makeSales() {
        chain = new SyntheticChain(CONFIG);
        receipts = drain(chain.receipts());
    }

    @Test
    void sameSeedGivesTheSameBytes() throws Exception {
        String once = hash(chain, receipts.iterator());
        assertThat(hash(new SyntheticChain(CONFIG), new SyntheticChain(CONFIG).receipts()))
                .isEqualTo(once);
        assertThat(hash(chain, chain.receipts())).isEqualTo(once);
    }

    @Test
    void otherSeedGivesOtherSales() throws Exception {
        SyntheticChain other = new SyntheticChain(SyntheticConfig.small(43));
        assertThat(hash(other, other.receipts())).isNotEqualTo(hash(chain, receipts.iterator()));
    }

    @Test
    void longerPeriodKeepsTheTruthAboutMembersRates() {
        SyntheticChain longer = new SyntheticChain(CONFIG.withPeriod(CONFIG.startDate(), 500, CONFIG.zone()));
        for (int index = 0; index < 100; index++) {
            assertThat(longer.member(index).visitsPerDay())
                    .isEqualTo(chain.member(index).visitsPerDay());
            assertThat(longer.member(index).card())
                    .isEqualTo(chain.member(index).card());
        }
    }

    @Test
    void receiptsComeInTheOrderOfSaleWithinThePeriod() {
        long previous = Long.MIN_VALUE;
        for (SyntheticReceipt receipt : receipts) {
            assertThat(receipt.soldAtMillis()).isGreaterThanOrEqualTo(previous);
            previous = receipt.soldAtMillis();
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(previous), CONFIG.zone());
            assertThat(receipt.businessDate())
                    .isEqualTo(local.getYear() * 10_000 + local.getMonthValue() * 100 + local.getDayOfMonth());
            assertThat(local.getHour()).isBetween(8, 20);
            ZoneOffset offset = CONFIG.zone().getRules().getOffset(Instant.ofEpochMilli(previous));
            assertThat(receipt.utcOffsetMinutes()).isEqualTo(offset.getTotalSeconds() / 60);
        }
        assertThat(receipts.get(0).businessDate()).isEqualTo(20250101);
        assertThat(receipts.get(receipts.size() - 1).businessDate()).isEqualTo(20251231);
    }

    @Test
    void numbersAreDenseFromOneOnEachTill() {
        Map<String, Long> last = new HashMap<>();
        for (SyntheticReceipt receipt : receipts) {
            long number = last.merge(receipt.store() + "/" + receipt.till(), 1L, Long::sum);
            assertThat(receipt.number()).isEqualTo(number);
        }
        assertThat(last).hasSize(CONFIG.stores() * CONFIG.tillsPerStore());
    }

    @Test
    void totalsAreTheSumOfLinesAndOfTenders() {
        for (SyntheticReceipt receipt : receipts) {
            assertThat(receipt.totalMinor())
                    .isEqualTo(receipt.lines().stream()
                            .mapToLong(Line::amountMinor)
                            .sum())
                    .isEqualTo(receipt.tenders().stream()
                            .mapToLong(Tender::amountMinor)
                            .sum());
        }
    }

    @Test
    void linesFollowTheCatalogue() {
        Map<String, SyntheticProduct> catalogue =
                chain.products().stream().collect(Collectors.toMap(SyntheticProduct::sku, product -> product));
        assertThat(catalogue).hasSize(CONFIG.products());
        for (SyntheticReceipt receipt : receipts) {
            assertThat(receipt.lines()).isNotEmpty();
            for (Line line : receipt.lines()) {
                SyntheticProduct product = catalogue.get(line.sku());
                assertThat(line.category()).isEqualTo(product.category());
                assertThat(line.brand()).isEqualTo(product.brand());
                assertThat(line.vatRateHundredths()).isEqualTo(product.vatRateHundredths());
                assertThat(line.promoted()).isEqualTo(line.discountMinor() != 0);
                double gross = line.amountMinor() + line.discountMinor();
                assertThat(gross).isCloseTo(product.priceMinor() * line.quantityThousandths() / 1_000.0, within(1.01));
                assertThat(line.category().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(64);
                assertThat(Long.signum(line.amountMinor())).isEqualTo(Long.signum(line.quantityThousandths()));
            }
        }
    }

    @Test
    void returnsNameAnEarlierReceiptAndNeverExceedWhatWasSold() {
        Map<List<Object>, SyntheticReceipt> earlier = new HashMap<>();
        Map<List<Object>, Long> returned = new HashMap<>();
        int withOriginal = 0;
        int without = 0;
        for (SyntheticReceipt receipt : receipts) {
            for (Line line : receipt.lines()) {
                Original original = line.original();
                if (original == null) {
                    without += line.quantityThousandths() < 0 ? 1 : 0;
                    continue;
                }
                withOriginal++;
                SyntheticReceipt sale =
                        earlier.get(List.of(original.store(), original.till(), original.series(), original.number()));
                assertThat(sale).isNotNull();
                assertThat(sale.soldAtMillis()).isLessThan(receipt.soldAtMillis());
                assertThat(sale.businessDate()).isEqualTo(original.businessDate());
                assertThat(sale.card()).isEqualTo(receipt.card());
                Line sold = sale.lines().get(original.line() - 1);
                assertThat(sold.sku()).isEqualTo(line.sku());
                assertThat(line.quantityThousandths()).isNegative();
                long back = returned.merge(
                        List.of(original.store(), original.till(), original.number(), original.line()),
                        -line.quantityThousandths(),
                        Long::sum);
                assertThat(back).isLessThanOrEqualTo(sold.quantityThousandths());
                assertThat(-line.amountMinor()).isLessThanOrEqualTo(sold.amountMinor());
            }
            earlier.put(List.of(receipt.store(), receipt.till(), receipt.series(), receipt.number()), receipt);
        }
        assertThat(withOriginal).isGreaterThan(1_000);
        assertThat(without / (double) (withOriginal + without)).isBetween(0.04, 0.13);
    }

    @Test
    void purchasesAreAsManyAsTheMembersRatesSay() {
        Map<Long, Integer> purchases = purchasesByCard();
        double expected = 0;
        double frequentExpected = 0;
        double frequent = 0;
        for (int index = 0; index < CONFIG.members(); index++) {
            double mean = chain.expectedVisits(index);
            expected += mean;
            if (mean > 20) {
                frequentExpected += mean;
                frequent += purchases.getOrDefault(chain.member(index).card(), 0);
            }
        }
        double actual = purchases.values().stream().mapToInt(count -> count).sum();
        assertThat(actual / expected).isCloseTo(1, within(0.03));
        assertThat(frequent / frequentExpected).isCloseTo(1, within(0.04));
    }

    @Test
    void ratesAndDropoutsHaveTheMomentsOfTheirDistributions() {
        double rates = 0;
        double squares = 0;
        double dropouts = 0;
        for (int index = 0; index < CONFIG.members(); index++) {
            double rate = chain.member(index).visitsPerDay();
            rates += rate;
            squares += rate * rate;
            dropouts += chain.member(index).dropoutProbability();
        }
        double mean = rates / CONFIG.members();
        double variance = squares / CONFIG.members() - mean * mean;
        assertThat(mean).isCloseTo(chain.meanVisitsPerDay(), within(0.05 * chain.meanVisitsPerDay()));
        assertThat(mean * mean / variance).isCloseTo(SyntheticMembers.RATE_SHAPE, within(0.12));
        double meanDropout = SyntheticMembers.DROPOUT_A / (SyntheticMembers.DROPOUT_A + SyntheticMembers.DROPOUT_B);
        assertThat(dropouts / CONFIG.members()).isCloseTo(meanDropout, within(0.1 * meanDropout));
    }

    @Test
    void membersJoinOverTimeAndBuyOnTheDayTheyJoin() {
        Map<Long, Integer> firstDay = new HashMap<>();
        for (SyntheticReceipt receipt : receipts) {
            firstDay.putIfAbsent(receipt.card(), receipt.businessDate());
        }
        int[] joinersByQuarter = new int[4];
        for (int index = 0; index < CONFIG.members(); index++) {
            SyntheticMember member = chain.member(index);
            if (member.joinedDay() >= 0) {
                joinersByQuarter[Math.min(3, member.joinedDay() * 4 / CONFIG.days())]++;
                LocalDate joined = CONFIG.startDate().plusDays(member.joinedDay());
                assertThat(firstDay.get(member.card()))
                        .isEqualTo(joined.getYear() * 10_000 + joined.getMonthValue() * 100 + joined.getDayOfMonth());
            }
        }
        assertThat(Arrays.stream(joinersByQuarter).min().orElseThrow()).isGreaterThan(CONFIG.members() / 20);
    }

    @Test
    void shareOfIdentifiedSalesIsTheOneAskedFor() {
        long sales = receipts.stream().filter(SyntheticChainTest::sale).count();
        long identified = receipts.stream()
                .filter(SyntheticChainTest::sale)
                .filter(receipt -> receipt.card() != 0)
                .count();
        assertThat(identified / (double) sales).isCloseTo(CONFIG.identifiedShare(), within(0.02));
    }

    @Test
    void numberOfLinesIsAboutTheOneAskedFor() {
        for (long wanted : new long[] {50_000, 400_000}) {
            SyntheticChain aimed = new SyntheticChain(CONFIG.withTargetLines(wanted));
            long lines = drain(aimed.receipts()).stream()
                    .mapToLong(receipt -> receipt.lines().size())
                    .sum();
            assertThat(lines).isCloseTo(wanted, within(wanted / 10));
        }
        assertThatThrownBy(() -> new SyntheticChain(CONFIG.withTargetLines(1_000_000_000)))
                .hasMessageContaining("5000 members in 365 days, but they can make");
    }

    @Test
    void chainWithoutMembersSellsToAnonymousShoppersOnly() {
        SyntheticConfig anonymous = CONFIG.withTargetLines(30_000).withMembers(0, 0);
        List<SyntheticReceipt> sales = drain(new SyntheticChain(anonymous).receipts());
        assertThat(sales).isNotEmpty().allMatch(receipt -> receipt.card() == 0);
    }

    @Test
    void smallestChainsWork() {
        for (long seed = 0; seed < 50; seed++) {
            SyntheticConfig seeded =
                    new SyntheticConfig(seed, 1, 1, 1, 200, CONFIG.startDate(), 1, CONFIG.zone(), "EUR", 1, 0, 0.5);
            assertThat(drain(new SyntheticChain(seeded).receipts()))
                    .allMatch(receipt -> receipt.card() == new SyntheticChain(seeded).firstCard());
        }
    }

    @Test
    void seasonsShowByWeekdayHourAndMonth() {
        Map<DayOfWeek, Integer> byWeekday = new EnumMap<>(DayOfWeek.class);
        int[] byHour = new int[24];
        int[] byMonth = new int[13];
        for (SyntheticReceipt receipt : receipts) {
            LocalDateTime local =
                    LocalDateTime.ofInstant(Instant.ofEpochMilli(receipt.soldAtMillis()), ZoneId.of("Europe/Paris"));
            byWeekday.merge(local.getDayOfWeek(), 1, Integer::sum);
            byHour[local.getHour()]++;
            byMonth[local.getMonthValue()]++;
        }
        assertThat(byWeekday.get(DayOfWeek.SATURDAY)).isGreaterThan(byWeekday.get(DayOfWeek.TUESDAY) * 3 / 2);
        assertThat(byWeekday.get(DayOfWeek.SUNDAY)).isLessThan(byWeekday.get(DayOfWeek.TUESDAY));
        assertThat(byHour[18]).isGreaterThan(byHour[8]);
        assertThat(byMonth[12]).isGreaterThan(byMonth[11]);
        assertThat(byMonth[8]).isLessThan(byMonth[9]);
    }

    @Test
    void everyFieldThatCannotBeFilledInLaterVaries() {
        Set<TenderKind> tenders = new HashSet<>();
        Set<Channel> channels = new HashSet<>();
        Set<Integer> vat = new HashSet<>();
        Set<String> cashiers = new HashSet<>();
        int promoted = 0;
        int weighed = 0;
        int giftCards = 0;
        int lines = 0;
        for (SyntheticReceipt receipt : receipts) {
            channels.add(receipt.channel());
            cashiers.add(receipt.cashier());
            assertThat(receipt.cashier().isEmpty()).isEqualTo(receipt.channel() != Channel.STORE);
            receipt.tenders().forEach(tender -> tenders.add(tender.kind()));
            for (Line line : receipt.lines()) {
                lines++;
                vat.add(line.vatRateHundredths());
                promoted += line.promoted() ? 1 : 0;
                weighed += line.weighed() ? 1 : 0;
                giftCards += line.giftCardSale() ? 1 : 0;
            }
        }
        assertThat(tenders)
                .containsExactlyInAnyOrder(
                        TenderKind.CASH, TenderKind.BANK_CARD, TenderKind.GIFT_CARD, TenderKind.MEAL_VOUCHER);
        assertThat(channels)
                .containsExactlyInAnyOrder(Channel.STORE, Channel.SELF_CHECKOUT, Channel.WEB, Channel.MOBILE);
        assertThat(vat).containsExactlyInAnyOrder(0, 210, 550, 1000, 2000);
        assertThat(cashiers.size()).isGreaterThan(100);
        assertThat(promoted / (double) lines).isBetween(0.15, 0.5);
        assertThat(weighed / (double) lines).isBetween(0.05, 0.3);
        assertThat(giftCards).isPositive();
    }

    @Test
    void cardsAreConsecutiveEan13() {
        for (int index = 0; index < CONFIG.members(); index++) {
            long card = chain.member(index).card();
            assertThat(Ean13.isValid(card)).isTrue();
            assertThat(card).isBetween(chain.firstCard(), chain.lastCard());
            assertThat(card / 10).isEqualTo(chain.firstCard() / 10 + index);
        }
    }

    @Test
    void storesAndArticlesSuitTheCatalogueImport() {
        assertThat(chain.storeEntries()).hasSize(CONFIG.stores()).allSatisfy(store -> {
            assertThat(store.banner()).isNotBlank();
            assertThat(store.legalEntity()).isNotBlank();
            assertThat(store.country()).isIn("FR", "BE");
        });
        assertThat(chain.storeEntries().stream().map(store -> store.store()).distinct())
                .hasSize(CONFIG.stores());
        assertThat(chain.productEntries()).allSatisfy(product -> {
            assertThat(product.categoryPath()).contains("/");
            assertThat(product.unitCostMinor()).isPositive();
            assertThat(product.currency()).isEqualTo("EUR");
        });
        assertThat(chain.products())
                .allSatisfy(product -> assertThat(product.unitCostMinor()).isLessThanOrEqualTo(product.priceMinor()));
    }

    private static Map<Long, Integer> purchasesByCard() {
        Map<Long, Integer> purchases = new HashMap<>();
        for (SyntheticReceipt receipt : receipts) {
            if (receipt.card() != 0 && sale(receipt)) {
                purchases.merge(receipt.card(), 1, Integer::sum);
            }
        }
        return purchases;
    }

    private static boolean sale(SyntheticReceipt receipt) {
        return receipt.lines().get(0).quantityThousandths() > 0;
    }

    private static List<SyntheticReceipt> drain(Iterator<SyntheticReceipt> sales) {
        List<SyntheticReceipt> all = new ArrayList<>();
        sales.forEachRemaining(all::add);
        return all;
    }

    private static String hash(SyntheticChain chain, Iterator<SyntheticReceipt> sales) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        chain.stores().forEach(store -> digest.update(store.toString().getBytes(StandardCharsets.UTF_8)));
        chain.products().forEach(product -> digest.update(product.toString().getBytes(StandardCharsets.UTF_8)));
        while (sales.hasNext()) {
            digest.update(sales.next().toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
