package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/** Receipts, operations and days in; answers, purses and the sum of all movements out. */
public final class ReferenceLedger {
    private final State state = new State();
    private final ControlGroup control;
    private final Desk desk;
    /** All movements, those that time made too. */
    private final Map<String, BigInteger> ledger = new TreeMap<>();
    /** What time has done, and expiries on arrival. */
    private final List<String> timeEvents = new ArrayList<>();

    public ReferenceLedger(ControlGroup control) {
        this.control = control;
        desk = new Desk(state, control);
    }

    public void publish(ProgrammeDocument document) {
        state.versions.add(new Version(state.versions.size() + 1, document));
    }

    /** Banners of stores; what is left out stays. */
    public void stores(Map<String, String> banners) {
        state.banners.putAll(banners);
    }

    /** A person joins at a desk or on a site. */
    public void enrol(long member, long nowMillis) {
        state.member(member).join(nowMillis);
    }

    // Receipts

    public Answer receipt(Receipt sent, long nowMillis) {
        Receipt receipt = sent.member(state.survivor(sent.memberKey()), sent.fact());
        State.Key key = state.key(receipt);
        ReceiptStatus shape = shape(receipt);
        if (shape != ReceiptStatus.ACCRUED) {
            return Answer.of(shape);
        }
        State.Closed closed = state.closed.get(key);
        if (closed != null) {
            return repeated(receipt, closed);
        }
        State.Open open = state.open.get(key);
        return switch (receipt.phase()) {
            case UNSPECIFIED, WHOLE -> close(receipt, List.of(), open, nowMillis);
            case VOID -> voided(receipt, open);
            case OPEN, CLOSING -> chunk(receipt, open, nowMillis);
        };
    }

    private static ReceiptStatus shape(Receipt receipt) {
        if (receipt.phase() == ReceiptPhase.VOID) {
            return ReceiptStatus.ACCRUED;
        }
        boolean lines = receipt.lines().stream()
                .allMatch(line -> line.thousandths() != 0 && (line.thousandths() > 0 || line.amountMinor() <= 0));
        if (!lines || (receipt.isWhole() && receipt.lines().isEmpty())) {
            return ReceiptStatus.MALFORMED_LINE;
        }
        return receipt.isWhole() ? declared(receipt) : ReceiptStatus.ACCRUED;
    }

    private static ReceiptStatus declared(Receipt receipt) {
        Long total = receipt.declaredTotalMinor();
        boolean same = (receipt.declaredLines() == 0
                        || receipt.declaredLines() == receipt.lines().size())
                && (total == null || total == receipt.totalMinor());
        return same ? ReceiptStatus.ACCRUED : ReceiptStatus.MALFORMED_TOTAL;
    }

    private Answer close(Receipt receipt, List<Receipt> chunks, State.@Nullable Open open, long nowMillis) {
        Sales sale = new Sales(state, new Conditions(state, control), receipt, nowMillis);
        ReceiptStatus refusal = sale.refusal();
        if (refusal != ReceiptStatus.ACCRUED) {
            return Answer.of(refusal);
        }
        Answer answer = sale.decide(open);
        State.Key key = state.key(receipt);
        state.open.remove(key);
        state.closed.put(key, new State.Closed(sale.priced(), answer, chunks, nowMillis, null));
        if (receipt.participant() != 0) {
            Member member = state.member(receipt.participant());
            long sold = receipt.soldAtMillis();
            member.join(sale.enrolment());
            member.firstSoldMillis = member.receipts == 0 ? sold : Math.min(member.firstSoldMillis, sold);
            member.lastSoldMillis = Math.max(member.lastSoldMillis, sold);
            member.receipts++;
        }
        return noted(answer);
    }

    /** Adds what an answer moved to the ledger. */
    private Answer noted(Answer answer) {
        answer.movements().forEach(this::note);
        answer.events().stream().filter(event -> event.startsWith("POINTS_")).forEach(timeEvents::add);
        return answer;
    }

    private void note(String key, BigInteger amount) {
        ledger.merge(key, amount, BigInteger::add);
        ledger.remove(key, Exact.ZERO);
    }

    private Answer voided(Receipt receipt, State.@Nullable Open open) {
        State.Key key = state.key(receipt);
        List<State.Held> held = Shop.heldFor(state, key);
        if (open == null && held.isEmpty()) {
            return Answer.of(ReceiptStatus.ALREADY_ACCRUED, Exact.ZERO, balance(receipt.participant()));
        }
        if (open != null) {
            release(state, open);
        }
        state.open.remove(key);
        held.forEach(one -> state.voided.add(one.name()));
        return Answer.of(ReceiptStatus.VOIDED, Exact.ZERO, balance(receipt.participant()));
    }

    private BigInteger balance(long member) {
        return member == 0
                ? Exact.ZERO
                : state.purse(member, state.pointsPurse()).balance();
    }

    static void release(State state, State.Open open) {
        open.reserved().forEach((reward, count) -> state.member(open.member()).reward(reward).reserved -= count);
    }

    private Answer chunk(Receipt chunk, State.@Nullable Open open, long nowMillis) {
        int before = open == null ? 0 : open.chunks().size();
        if (open != null && chunk.chunk() <= before) {
            return repeatedChunk(chunk, open, nowMillis);
        }
        if (chunk.chunk() > before + 1) {
            return Answer.of(ReceiptStatus.CHUNK_GAP);
        }
        Receipt joined = chunk.after(open == null ? null : open.joined());
        if (chunk.phase() == ReceiptPhase.CLOSING) {
            if (joined.lines().isEmpty()) {
                return Answer.of(ReceiptStatus.MALFORMED_LINE);
            }
            ReceiptStatus total = declared(joined);
            List<Receipt> chunks = new ArrayList<>(open == null ? List.of() : open.chunks());
            chunks.add(chunk);
            return total == ReceiptStatus.ACCRUED ? close(joined, chunks, open, nowMillis) : Answer.of(total);
        }
        return keep(chunk, joined, open, nowMillis);
    }

    /** An open chunk is told what would be given if it were the last, and nothing is given. */
    private Answer keep(Receipt chunk, Receipt joined, State.@Nullable Open open, long nowMillis) {
        State scratch = state.copy();
        Sales supposed = new Sales(scratch, new Conditions(scratch, control), joined, nowMillis);
        ReceiptStatus refusal = supposed.refusal();
        if (refusal != ReceiptStatus.ACCRUED) {
            return Answer.of(refusal);
        }
        Answer told = supposed.decide(open);
        long member = joined.participant();
        boolean mayUse = told.status().equals("ACCRUED") || told.status().equals("REWARD_UNFUNDED");
        Map<String, Long> reserved = reserved(joined, open, mayUse);
        List<Receipt> chunks = new ArrayList<>(open == null ? List.of() : open.chunks());
        List<BigInteger> points = new ArrayList<>(open == null ? List.of() : open.told());
        chunks.add(chunk);
        points.add(told.points());
        State.Key key = state.key(chunk);
        state.open.remove(key);
        State.Open kept = new State.Open(joined, chunks, points, nowMillis, member, reserved);
        state.open.put(key, kept);
        List<String> events = List.of();
        if (member != 0) {
            events = state.member(member).known ? List.of() : List.of(EventKind.WELCOME + " m" + member + "  0");
            state.member(member).join(chunk.historical() ? chunk.soldAtMillis() : nowMillis);
        }
        List<String> alerts = alerts(kept);
        return new Answer(
                ReceiptStatus.PROVISIONAL.name(),
                told.points(),
                balance(member),
                told.lines()
                        .subList(
                                joined.lines().size() - chunk.lines().size(),
                                joined.lines().size()),
                alerts,
                told.prices(),
                events,
                Map.of());
    }

    /** The first chunk that names a member holds what it can use. */
    private Map<String, Long> reserved(Receipt joined, State.@Nullable Open open, boolean mayUse) {
        long key = joined.participant();
        if (open != null && open.member() == key) {
            return open.reserved();
        }
        if (open != null) {
            release(state, open);
        }
        Map<String, Long> reserved = new TreeMap<>();
        Version version = state.at(joined.soldAtMillis());
        if (key == 0 || version == null || !mayUse || !state.member(key).known) {
            return reserved;
        }
        for (ThresholdReward reward : version.document.thresholdRewards()) {
            Member.Progress progress = state.member(key).reward(reward.id());
            long available = progress.unlocked - progress.reserved;
            if (available > 0) {
                progress.reserved += available;
                reserved.put(reward.id(), available);
            }
        }
        return reserved;
    }

    private List<String> alerts(State.Open open) {
        Version version = state.at(open.joined().soldAtMillis());
        return version == null
                ? List.of()
                : version.document.thresholdRewards().stream()
                        .filter(reward -> open.reserved().getOrDefault(reward.id(), 0L) > 0)
                        .map(reward -> reward.id() + "*" + open.reserved().get(reward.id()))
                        .toList();
    }

    private Answer repeatedChunk(Receipt chunk, State.Open open, long nowMillis) {
        Receipt first = open.chunks().get(chunk.chunk() - 1);
        boolean same = chunk.phase() == ReceiptPhase.OPEN
                && chunk.currency().equals(open.joined().currency())
                && chunk.lines().equals(first.lines());
        if (!same) {
            return Answer.of(ReceiptStatus.RECEIPT_CONFLICT);
        }
        State scratch = state.copy();
        List<String> prices = new Sales(scratch, new Conditions(scratch, control), open.joined(), nowMillis).prices();
        return new Answer(
                ReceiptStatus.ALREADY_ACCRUED.name(),
                open.told().get(chunk.chunk() - 1),
                balance(chunk.participant()),
                List.of(),
                alerts(open),
                prices,
                List.of(),
                Map.of());
    }

    private Answer repeated(Receipt receipt, State.Closed closed) {
        Receipt first = closed.priced().receipt;
        int last = Math.max(1, closed.chunks().size());
        boolean same = switch (receipt.phase()) {
            case VOID -> false;
            case UNSPECIFIED, WHOLE ->
                sameHeader(receipt, first, closed) && receipt.lines().equals(first.lines());
            case OPEN -> receipt.chunk() < last && receipt.lines().equals(linesOf(closed, receipt.chunk()));
            case CLOSING ->
                receipt.chunk() == last
                        && sameHeader(receipt, first, closed)
                        && receipt.lines().equals(linesOf(closed, last));
        };
        Answer answer = closed.answer();
        return same
                ? new Answer(
                        ReceiptStatus.ALREADY_ACCRUED.name(),
                        answer.points(),
                        answer.balance(),
                        List.of(),
                        answer.alerts(),
                        answer.prices(),
                        List.of(),
                        Map.of())
                : Answer.of(ReceiptStatus.RECEIPT_CONFLICT);
    }

    private static List<Receipt.Line> linesOf(State.Closed closed, int chunk) {
        return closed.chunks().isEmpty()
                ? closed.priced().receipt.lines()
                : closed.chunks().get(chunk - 1).lines();
    }

    private boolean sameHeader(Receipt receipt, Receipt first, State.Closed closed) {
        boolean anonymous = receipt.fact() == MemberFact.ANONYMOUS;
        boolean both = receipt.participant() != 0 && first.participant() != 0;
        boolean cardBefore = anonymous
                && receipt.phase() == ReceiptPhase.CLOSING
                && closed.chunks().size() > 1;
        boolean sameMember = both
                ? state.survivor(receipt.memberKey()) == state.survivor(first.memberKey())
                : cardBefore || anonymous == (first.fact() == MemberFact.ANONYMOUS);
        return sameMember
                && receipt.soldAtMillis() == first.soldAtMillis()
                && Objects.equals(receipt.businessDate(), first.businessDate())
                && receipt.currency().equals(first.currency())
                && receipt.channel() == first.channel()
                && receipt.historical() == first.historical()
                && receipt.tenders().equals(first.tenders())
                && receipt.uses().equals(first.uses());
    }

    /** The oldest open receipt untouched for too long, as a till would void it; null = none. */
    public @Nullable Receipt abandoned(long nowMillis) {
        if (state.open.isEmpty()) {
            return null;
        }
        State.Open oldest = state.open.values().iterator().next();
        long minutes = state.versions.isEmpty()
                ? 240
                : state.versions.get(state.versions.size() - 1).document.openReceiptTimeoutMinutes();
        return oldest.touchedMillis() + minutes * 60_000 > nowMillis
                ? null
                : oldest.joined().unpaid().lines(List.of()).phase(ReceiptPhase.VOID, 0);
    }

    // Operations and days

    public Answer operate(Operation operation, long nowMillis) {
        return noted(desk.decide(current(operation), nowMillis));
    }

    /** About the members that its keys stand for now; who is to be merged is named as they are. */
    private Operation current(Operation asked) {
        boolean merge = asked.kind() == OperationKind.MERGE;
        return new Operation(
                asked.kind(),
                state.survivor(asked.memberKey()),
                merge ? asked.otherMemberKey() : state.survivor(asked.otherMemberKey()),
                asked.subject(),
                asked.idempotencyKey(),
                asked.amount(),
                asked.atMillis(),
                asked.author(),
                asked.reason(),
                asked.details());
    }

    /** A reservation whose time is over, as the operation that ends it; null = none. */
    public @Nullable Operation endedReservation(long nowMillis) {
        return Shop.ended(state, nowMillis);
    }

    /** A day begins: what was due goes, one member after the other. */
    public void day(LocalDate day) {
        state.today(day);
        Version version = state.on(day);
        // The purses of a household come before what the day brings its members.
        state.members.keySet().stream()
                .sorted(Comparator.comparing((Long key) -> !state.isNobody(key)).thenComparing(key -> key))
                .toList()
                .forEach(key -> day(key, version, day));
        for (Bonus bonus : version.mechanics.bonuses()) {
            if (day.equals(bonus.when().firstDay())) {
                LocalDate last = bonus.when().lastDay();
                timeEvents.add(EventKind.CAMPAIGN + " m0 " + bonus.id() + " " + (last == null ? 0 : last.toEpochDay()));
            }
        }
    }

    private void day(long key, Version version, LocalDate day) {
        Member member = state.member(key);
        for (String id : state.purses()) {
            expire(key, member.purse(id), id, day, version);
            Purse purse = version.purse(id);
            if (purse != null) {
                remind(key, member.purse(id), purse, day);
            }
        }
        Posting posting = new Posting(state, version);
        new Levels(state, posting).day(key, version, day);
        new Clubs(state, posting).day(key, version, day);
        if (!state.isNobody(key)) {
            new Acts(state, posting).day(key, version, day);
        }
        new Ends(state, posting).day(key, version, day);
        timeEvents.addAll(posting.allEvents());
        posting.movements.forEach(this::note);
    }

    private void expire(long key, Holding holding, String id, LocalDate day, Version version) {
        holding.unlock(day);
        BigInteger sum = Exact.ZERO;
        for (Map.Entry<Lot, BigInteger> lot : List.copyOf(holding.lots.entrySet())) {
            if (lot.getKey().isOver(day)) {
                holding.lots.remove(lot.getKey());
                Holding.add(holding.expired, lot.getKey().unlocked(), lot.getValue());
                String movement = "m" + key + " " + id + " " + MovementKind.EXPIRED + "  v" + version.number + " "
                        + Lot.text(lot.getKey());
                note(movement, lot.getValue().negate());
                state.book(id, MovementKind.EXPIRED, lot.getValue().negate());
                sum = sum.add(lot.getValue());
            }
        }
        if (sum.signum() > 0) {
            timeEvents.add("POINTS_EXPIRED m" + key + " " + id + " " + sum + " " + day.minusDays(1));
        }
    }

    private void remind(long key, Holding holding, Purse purse, LocalDate day) {
        Map<LocalDate, BigInteger> ending = new TreeMap<>();
        holding.lots.forEach((lot, amount) -> {
            if (lot.expiry() != null
                    && purse.reminderDays().contains((int) ChronoUnit.DAYS.between(day, lot.expiry()))) {
                ending.merge(lot.expiry(), amount, BigInteger::add);
            }
        });
        ending.forEach((expiry, amount) ->
                timeEvents.add("POINTS_EXPIRING m" + key + " " + purse.id() + " " + amount + " " + expiry));
    }

    // What can be seen

    /** Purses with their lots, rewards, receipts; empty for a member unknown here. */
    public String member(long key) {
        Member member = state.members.get(key);
        if (member == null || !member.known) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String id : state.purses()) {
            Holding purse = state.purse(key, id);
            text.append(id).append('=').append(purse.balance());
            text.append(" pending ").append(purse.pending(state.today()));
            text.append(" debt ").append(purse.debt);
            purse.lots.forEach((lot, amount) -> text.append(" [")
                    .append(amount)
                    .append(' ')
                    .append(Lot.text(lot))
                    .append(']'));
            text.append('\n');
        }
        member.rewards.forEach((id, progress) -> {
            if (progress.unlocked > 0) {
                text.append(id)
                        .append(' ')
                        .append(progress.unlocked)
                        .append(" held ")
                        .append(progress.reserved);
                text.append('\n');
            }
        });
        return text + "receipts " + member.receipts + " from " + member.firstSoldMillis + " to "
                + member.lastSoldMillis;
    }

    /** Who lives on under a key. */
    public long survivor(long key) {
        return state.survivor(key);
    }

    /** What is left on a code, by its hash. */
    public String code(String hash) {
        return state.codes.text(hash);
    }

    /** Counters of a member by name; of the programme itself for member 0. */
    public Map<String, BigInteger> counters(long key) {
        Map<String, BigInteger> counters = new HashMap<>();
        if (key == 0) {
            state.budgets.forEach((bonus, used) -> counters.put("bonus/" + bonus + "/budget", used));
            state.promoUses.forEach((code, uses) -> counters.put("promo/" + code + "/uses", Exact.whole(uses)));
            state.stock.forEach((reward, gone) -> counters.put("shop/" + reward + "/taken", gone));
            return counters;
        }
        Member member = state.member(key);
        member.clubs.forEach((club, membership) -> {
            long until = membership.until() == null
                    ? LotKey.NEVER
                    : membership.until().toEpochDay();
            counters.put("club/" + club + "/until", Exact.whole(until));
            counters.put(
                    "club/" + club + "/since", Exact.whole(membership.since().toEpochDay()));
        });
        member.acts.forEach((act, times) -> counters.put("act/" + act + "/times", Exact.whole(times)));
        counters.put("referral/by", Exact.whole(member.referrer));
        counters.put("referral/completed", Exact.whole(member.referralCompleted ? 1 : 0));
        counters.put("club/bought", member.boughtMinor);
        counters.put("club/baskets", Exact.whole(member.baskets));
        counters.put("tier/level", Exact.whole(member.level));
        counters.put("tier/review", Exact.whole(member.review == null ? 0 : member.review.toEpochDay()));
        member.promoUses.forEach((code, uses) -> counters.put("promo/" + code + "/uses", Exact.whole(uses)));
        member.given.forEach((bonus, given) -> counters.put("bonus/" + bonus + "/member", given));
        member.rewards.forEach((reward, progress) -> counters.put(
                "reward/" + reward + "/until", Exact.whole(progress.until == null ? 0 : progress.until.toEpochDay())));
        member.tags.forEach((tag, times) -> counters.put("tag/" + tag, times));
        member.free.forEach((reward, units) -> counters.put("shop/" + reward + "/unlocked", units));
        member.had.forEach((reward, units) -> counters.put("shop/" + reward + "/had", units));
        return counters;
    }

    /** The sum of all movements of a purse by kind. */
    public Map<MovementKind, BigInteger> books(String purse) {
        return state.books.getOrDefault(purse, Map.of());
    }

    /** All movements by member, purse, kind, rule, version and lot. */
    public Map<String, BigInteger> ledger() {
        return ledger;
    }

    /** What time has done, and expiries on arrival, sorted. */
    public List<String> timeEvents() {
        return timeEvents.stream().sorted().toList();
    }
}
