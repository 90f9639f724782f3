package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.jspecify.annotations.Nullable;

/** Everything that is remembered. */
final class State {
    /** A receipt by what tells it from others; the date only where numbers restart each day. */
    record Key(Receipt.Identity identity, @Nullable LocalDate date) {}

    /** A receipt whose chunks have come but not the paid one. */
    record Open(
            Receipt joined,
            List<Receipt> chunks,
            List<BigInteger> told,
            long touchedMillis,
            long member,
            Map<String, Long> reserved) {}

    /**
     * A closed receipt, as decided, what it was told, and the chunks in which it came; none for a whole one.
     *
     * @param arrivedMillis when it came
     * @param claimed as decided again for who claimed it; null = nobody did
     */
    record Closed(
            Priced priced,
            Answer answer,
            List<Receipt> chunks,
            long arrivedMillis,
            @Nullable Priced claimed) {
        /** As returns of its articles take it. */
        Priced sold() {
            return claimed == null ? priced : claimed;
        }

        Closed claimedAs(Priced claim) {
            return new Closed(priced, answer, chunks, arrivedMillis, claim);
        }
    }

    /**
     * A reservation of the shop: what it took, so that all of it can be given back.
     *
     * @param payer whose purse paid
     * @param receipt that it is held for; null = none
     */
    record Held(
            String name,
            long member,
            long payer,
            ShopReward reward,
            Version version,
            long units,
            long free,
            long endsAtMillis,
            @Nullable Key receipt,
            Map<@Nullable Lot, BigInteger> spent) {
        Held followed(long absorbed, long survivor) {
            return new Held(
                    name,
                    member == absorbed ? survivor : member,
                    payer == absorbed ? survivor : payer,
                    reward,
                    version,
                    units,
                    free,
                    endsAtMillis,
                    receipt,
                    spent);
        }
    }

    /** An adjustment that waits for a second person. */
    record Waiting(long member, String purse, BigInteger amount, String author) {}

    final List<Version> versions = new ArrayList<>();
    final Map<String, String> banners = new TreeMap<>();
    final Map<Long, Member> members = new TreeMap<>();
    final Map<Key, Closed> closed = new LinkedHashMap<>();
    final Map<Key, long[]> returned = new LinkedHashMap<>();
    /** Oldest touched first. */
    final Map<Key, Open> open = new LinkedHashMap<>();
    /** By bonus. */
    final Map<String, BigInteger> budgets = new TreeMap<>();
    /** By reward of the shop: units gone. */
    final Map<String, BigInteger> stock = new TreeMap<>();

    final Map<String, Long> promoUses = new TreeMap<>();
    /** By name, in the order in which they were made. */
    final Map<String, Held> held = new LinkedHashMap<>();
    /** Reservations whose receipt was voided: they end at once. */
    final List<String> voided = new ArrayList<>();

    final Set<String> over = new HashSet<>();
    final Map<String, Waiting> waiting = new LinkedHashMap<>();
    final Map<String, Map<MovementKind, BigInteger>> books = new TreeMap<>();
    /** By merged key, and by household that is over: who lives on. */
    final Map<Long, Long> survivors = new TreeMap<>();
    /** By member. */
    final Map<Long, Long> households = new TreeMap<>();

    final Codes codes = new Codes();
    private LocalDate today = LocalDate.EPOCH;

    State copy() {
        State copy = new State();
        copy.versions.addAll(versions);
        copy.banners.putAll(banners);
        members.forEach((key, member) -> copy.members.put(key, member.copy()));
        copy.closed.putAll(closed);
        returned.forEach((key, lines) -> copy.returned.put(key, lines.clone()));
        copy.open.putAll(open);
        copy.budgets.putAll(budgets);
        copy.stock.putAll(stock);
        copy.promoUses.putAll(promoUses);
        copy.held.putAll(held);
        copy.voided.addAll(voided);
        copy.over.addAll(over);
        copy.waiting.putAll(waiting);
        copy.survivors.putAll(survivors);
        copy.households.putAll(households);
        copy.today = today;
        return copy;
    }

    Member member(long key) {
        return members.computeIfAbsent(key, k -> new Member());
    }

    long survivor(long key) {
        return survivors.getOrDefault(key, key);
    }

    /** Whose purses a member uses. */
    long owner(long key) {
        long member = survivor(key);
        return households.getOrDefault(member, member);
    }

    /** The purse that a member uses. */
    Holding purse(long key, String id) {
        return member(owner(key)).purse(id);
    }

    long sizeOf(long household) {
        return households.values().stream().filter(of -> of == household).count();
    }

    /** Whether a key is no person's, or no longer. */
    boolean isNobody(long key) {
        return survivors.containsKey(key) || households.containsValue(key);
    }

    boolean everKeepsLots(String purse) {
        return versions.stream()
                .map(version -> version.purse(purse))
                .anyMatch(of -> of != null && Version.keepsLots(of));
    }

    /** Nothing but purses that are empty is left of a merged member. */
    void emptied(long key) {
        Member empty = new Member();
        empty.known = true;
        empty.purses.putAll(member(key).purses);
        members.put(key, empty);
    }

    /** All that names a merged member names who lives on. */
    void absorb(long absorbed, long survivor) {
        survivors.replaceAll((key, to) -> to == absorbed ? (Long) survivor : to);
        survivors.put(absorbed, survivor);
        households.remove(absorbed);
        codes.follow(absorbed, survivor);
        open.replaceAll((key, one) -> new Open(
                one.joined().memberKey() == absorbed
                        ? one.joined().member(survivor, one.joined().fact())
                        : one.joined(),
                one.chunks(),
                one.told(),
                one.touchedMillis(),
                one.member() == absorbed ? survivor : one.member(),
                one.reserved()));
        held.replaceAll((name, one) -> one.followed(absorbed, survivor));
        waiting.replaceAll((id, one) ->
                one.member() == absorbed ? new Waiting(survivor, one.purse(), one.amount(), one.author()) : one);
    }

    /** A household is over: what it still leads to is the last member's. */
    void ended(long household, long last) {
        survivors.replaceAll((key, to) -> to == household ? (Long) last : to);
        survivors.put(household, last);
        held.replaceAll((name, one) -> one.followed(household, last));
    }

    LocalDate today() {
        return today;
    }

    void today(LocalDate day) {
        today = day;
    }

    Key key(Receipt receipt) {
        return key(receipt.identity(), receipt.businessDate());
    }

    Key key(Receipt.Identity identity, @Nullable LocalDate date) {
        boolean daily =
                !versions.isEmpty() && versions.get(0).document.numbering() == ProgrammeDocument.Numbering.DAILY;
        return new Key(identity, daily ? date : null);
    }

    /** The version in force at a moment: the latest start, of equal starts the one published later. */
    @Nullable
    Version at(long millis) {
        Version found = null;
        for (Version version : versions) {
            long from = version.document.effectiveFromMillis();
            if (from <= millis && (found == null || from >= found.document.effectiveFromMillis())) {
                found = version;
            }
        }
        return found;
    }

    /** The version in force at the start of a day; the first before all of them. */
    Version on(LocalDate day) {
        Version found = null;
        for (Version version : versions) {
            boolean begun = !version.firstDay().isAfter(day);
            if (begun && (found == null || !version.firstDay().isBefore(found.firstDay()))) {
                found = version;
            }
        }
        return found == null ? versions.get(0) : found;
    }

    String pointsPurse() {
        return versions.isEmpty() ? "" : versions.get(0).document.purse().id();
    }

    /** Ids of the purses of all versions, the points purse first. */
    List<String> purses() {
        return versions.stream()
                .flatMap(version -> version.purses().map(Purse::id))
                .distinct()
                .toList();
    }

    /** A purse as a version has it, else as the newest that does. */
    Purse purse(Version version, String id) {
        Purse own = version.purse(id);
        for (int i = versions.size() - 1; own == null; i--) {
            own = versions.get(i).purse(id);
        }
        return Objects.requireNonNull(own);
    }

    void book(String purse, MovementKind kind, BigInteger amount) {
        books.computeIfAbsent(purse, id -> new TreeMap<>()).merge(kind, amount, BigInteger::add);
    }
}
