package org.assidu.accrual.load;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.assidu.accrual.load.SyntheticReceipt.Line;
import org.assidu.accrual.model.Channel;

/**
 * One run through the period, a day at a time: who comes and when, sorted, then receipt by receipt what they buy. Memory holds
 * the members, one day's arrivals, and the receipts of which something will come back.
 */
final class ChainSimulation implements Iterator<SyntheticReceipt> {
    private static final double WEB_SHARE = 0.05;
    private static final double OTHER_STORE_SHARE = 0.15;
    private static final int DAYS_OF_A_FLYER = 7;
    private static final double[] PERSONAS = ShopperPersona.cumulativeShares();
    private static final ShopperPersona[] PERSONA_VALUES = ShopperPersona.values();
    /** Arrivals sort by millisecond of the day (27 bits), then by the order in which they were made. */
    private static final int ORDER_BITS = 32;

    private final SyntheticConfig config;
    private final SyntheticStores stores;
    private final ChainCalendar calendar;
    private final double anonymousPerDay;
    private final ArrivalProcess arrivals;
    private final BasketMaker baskets;
    private final ReturnDesk returns;
    private final TillRow tills;
    private final Draws draws = new Draws();
    private final byte[] personaOf;
    private final int[] homeOf;

    private int day = -1;
    private DayOfWeek weekday = DayOfWeek.MONDAY;
    private int businessDate;
    private long utcMidnightMillis;
    private int offsetMinutes;
    private List<ReturnDesk.Pending> returning = List.of();
    private long[] order = new long[1024];
    /** Member of an arrival; −1 − n for the n-th anonymous one, with the returns after them. */
    private int[] who = new int[1024];

    private int[] visit = new int[1024];
    private int arrived;
    private int anonymous;
    private int next;

    ChainSimulation(
            SyntheticConfig config,
            SyntheticStores stores,
            SyntheticMembers members,
            SyntheticCatalogue catalogue,
            ChainCalendar calendar,
            double anonymousPerDay) {
        this.config = config;
        this.stores = stores;
        this.calendar = calendar;
        this.anonymousPerDay = anonymousPerDay;
        arrivals = new ArrivalProcess(config, members, calendar);
        baskets = new BasketMaker(config.seed(), catalogue);
        returns = new ReturnDesk(config.seed(), config.returnShare());
        tills = new TillRow(config, stores.stores());
        personaOf = new byte[config.members()];
        homeOf = new int[config.members()];
        for (int index = 0; index < config.members(); index++) {
            SyntheticMember member = members.member(index);
            personaOf[index] = (byte) member.persona().ordinal();
            homeOf[index] = member.homeStore();
        }
        advance();
    }

    @Override
    public boolean hasNext() {
        return next < arrived;
    }

    @Override
    public SyntheticReceipt next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the period of " + config.days() + " days is over");
        }
        long key = order[next++];
        int arrival = (int) key;
        int millisOfDay = (int) (key >>> ORDER_BITS);
        SyntheticReceipt receipt;
        if (who[arrival] >= 0) {
            receipt = memberSale(who[arrival], visit[arrival], millisOfDay);
        } else {
            int serial = -1 - who[arrival];
            receipt = serial < anonymous
                    ? anonymousSale(serial, millisOfDay)
                    : returnReceipt(returning.get(serial - anonymous), millisOfDay);
        }
        advance();
        return receipt;
    }

    private void advance() {
        while (next == arrived && day + 1 < calendar.days()) {
            day++;
            startDay();
        }
    }

    private void startDay() {
        LocalDate date = calendar.date(day);
        weekday = date.getDayOfWeek();
        businessDate = date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
        ZoneOffset offset = calendar.offset(day);
        offsetMinutes = offset.getTotalSeconds() / 60;
        utcMidnightMillis = date.toEpochDay() * 86_400_000L - offset.getTotalSeconds() * 1_000L;
        if (day % DAYS_OF_A_FLYER == 0) {
            baskets.startWeek(day / DAYS_OF_A_FLYER);
        }
        tills.startDay(day);
        arrived = 0;
        next = 0;
        for (int member = arrivals.poll(day); member >= 0; member = arrivals.poll(day)) {
            int visitNumber = arrivals.visits(member);
            draws.of(config.seed(), Draws.Purpose.VISIT, member, visitNumber);
            arrive(member, visitNumber, PERSONA_VALUES[personaOf[member]]);
        }
        draws.of(config.seed(), Draws.Purpose.DAY, day, 1);
        double expected = anonymousPerDay * calendar.weight(day);
        anonymous = (int) expected + (draws.chance(expected - (int) expected) ? 1 : 0);
        for (int serial = 0; serial < anonymous; serial++) {
            draws.of(config.seed(), Draws.Purpose.ANONYMOUS, day, serial);
            arrive(-1 - serial, 0, PERSONA_VALUES[draws.pick(PERSONAS)]);
        }
        returning = returns.due(day);
        for (int i = 0; i < returning.size(); i++) {
            draws.of(config.seed(), Draws.Purpose.RETURN, returning.get(i).serial(), 2);
            arrive(-1 - anonymous - i, 0, ShopperPersona.GOURMET);
        }
        Arrays.sort(order, 0, arrived);
    }

    private void arrive(int shopper, int visitNumber, ShopperPersona persona) {
        if (arrived == order.length) {
            order = Arrays.copyOf(order, arrived * 2);
            who = Arrays.copyOf(who, arrived * 2);
            visit = Arrays.copyOf(visit, arrived * 2);
        }
        who[arrived] = shopper;
        visit[arrived] = visitNumber;
        order[arrived] = (long) calendar.millisOfDay(weekday, persona, draws) << ORDER_BITS | arrived;
        arrived++;
    }

    private SyntheticReceipt memberSale(int member, int visitNumber, int millisOfDay) {
        draws.of(config.seed(), Draws.Purpose.VISIT, member, -visitNumber);
        int store = homeOf[member];
        if (stores.hasWebShop() && draws.chance(WEB_SHARE)) {
            store = stores.webShop();
        } else if (draws.chance(OTHER_STORE_SHARE)) {
            store = stores.pickPhysical(draws);
        }
        List<Line> lines = baskets.lines(member, PERSONA_VALUES[personaOf[member]], draws);
        SyntheticReceipt sale = ring(store, SyntheticMembers.card(member), millisOfDay, lines);
        returns.consider(sale, store, member, day);
        return sale;
    }

    private SyntheticReceipt anonymousSale(int serial, int millisOfDay) {
        draws.of(config.seed(), Draws.Purpose.ANONYMOUS, day, serial);
        ShopperPersona persona = PERSONA_VALUES[draws.pick(PERSONAS)];
        draws.of(config.seed(), Draws.Purpose.ANONYMOUS, day, -1 - serial);
        int store = stores.pickPhysical(draws);
        SyntheticReceipt sale = ring(store, 0, millisOfDay, baskets.lines(-1, persona, draws));
        returns.consider(sale, store, -1, day);
        return sale;
    }

    private SyntheticReceipt returnReceipt(ReturnDesk.Pending pending, int millisOfDay) {
        draws.of(config.seed(), Draws.Purpose.RETURN, pending.serial(), 3);
        int store = pending.store();
        if (stores.stores().get(store).web() || draws.chance(OTHER_STORE_SHARE)) {
            store = stores.pickPhysical(draws);
        }
        long card = pending.member() < 0 ? 0 : SyntheticMembers.card(pending.member());
        return ring(store, card, millisOfDay, returns.lines(pending));
    }

    private SyntheticReceipt ring(int store, long card, int millisOfDay, List<Line> lines) {
        boolean web = stores.stores().get(store).web();
        int till = tills.choose(draws);
        boolean back = lines.get(0).quantityThousandths() < 0;
        Channel channel = web ? (draws.chance(0.45) ? Channel.MOBILE : Channel.WEB) : tills.channel(till, back);
        long total = BasketMaker.total(lines);
        boolean workday = weekday.getValue() < DayOfWeek.SATURDAY.getValue();
        return new SyntheticReceipt(
                stores.stores().get(store).code(),
                tills.code(till),
                0,
                tills.nextNumber(store, till),
                businessDate,
                utcMidnightMillis + millisOfDay,
                offsetMinutes,
                config.currency(),
                card,
                channel,
                channel == Channel.STORE ? tills.cashier(store, till, millisOfDay) : "",
                total,
                lines,
                baskets.tenders(total, food(lines), web, workday, draws));
    }

    private static long food(List<Line> lines) {
        long food = 0;
        for (Line line : lines) {
            if (SyntheticCatalogue.isFood(line.category())) {
                food += line.amountMinor();
            }
        }
        return food;
    }
}
