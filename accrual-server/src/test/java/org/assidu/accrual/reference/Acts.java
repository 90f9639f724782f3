package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** What is rewarded beside purchases, and facts about people that rules ask for. */
final class Acts {
    private static final int DAYS_BETWEEN_BIRTHDAYS = 300;
    private static final int BEST_SCORE = 10;

    private final State state;
    private final Posting posting;

    Acts(State state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    private static long most(Act act) {
        return switch (act.kind()) {
            case WELCOME, PROFILE_COMPLETED, REFERRED -> 1;
            default -> act.times() == 0 ? Long.MAX_VALUE : act.times();
        };
    }

    static boolean isOver(Version by, LocalDate day) {
        return by.mechanics.lastEarnDay() != null && day.isAfter(by.mechanics.lastEarnDay());
    }

    private static boolean counts(ThresholdReward reward) {
        return reward.measure() == Measure.POINTS && reward.category() == null;
    }

    /** Points of acts do not wait for returns. */
    @Nullable
    Lot lot(Version by, LocalDate day) {
        return Version.lot(state.purse(by, posting.pointsPurse()), day, false);
    }

    /** Gives an act's worth as often as it may be had. */
    boolean give(long key, Version by, Act act, LocalDate day, @Nullable Lot lot) {
        Member member = state.member(key);
        if (member.acts.getOrDefault(act.id(), 0L) >= most(act) || isOver(by, day)) {
            return false;
        }
        member.acts.merge(act.id(), 1L, Long::sum);
        BigInteger points = Exact.micro(act.points());
        posting.post(key, posting.pointsPurse(), MovementKind.EARNED, points, act.id(), by, lot);
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            if (counts(reward)) {
                posting.count(key, by, reward, by.window(reward.window(), day), points);
            }
        }
        if (act.reward() != null) {
            posting.grant(key, by, act.reward(), 1);
        }
        return true;
    }

    /** The same beside receipts, which tell by themselves which rewards can be used. */
    boolean giveAndTell(long key, Version by, Act act, LocalDate day) {
        Map<String, Long> before = new HashMap<>();
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            before.put(reward.id(), state.member(key).reward(reward.id()).unlocked);
        }
        boolean given = give(key, by, act, day, lot(by, day));
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            Member.Progress now = state.member(key).reward(reward.id());
            long usable = now.unlocked - now.reserved;
            if (now.unlocked > before.get(reward.id()) && usable > 0) {
                posting.event(EventKind.REWARD_AVAILABLE, key, reward.id(), usable);
            }
        }
        return given;
    }

    private int giveAll(long key, Version by, ActKind kind, LocalDate day) {
        int given = 0;
        for (Act act : by.mechanics.acts()) {
            given += act.kind() == kind && giveAndTell(key, by, act, day) ? 1 : 0;
        }
        return given;
    }

    /** What a receipt that was wholly returned had given. @param later what moves after the sales */
    private void takeBack(
            long key, long account, Version by, Act act, LocalDate day, @Nullable Lot lot, Consumer<Runnable> later) {
        Member member = state.member(key);
        member.acts.merge(act.id(), -Math.min(1, member.acts.getOrDefault(act.id(), 0L)), Long::sum);
        BigInteger points = Exact.micro(act.points());
        later.accept(() -> posting.post(
                account, posting.pointsPurse(), MovementKind.REVERSED, points.negate(), act.id(), by, lot));
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            if (counts(reward)) {
                long window = by.window(reward.window(), day);
                later.accept(() -> posting.count(key, by, reward, window, points.negate()));
            }
        }
        if (act.reward() != null) {
            posting.grant(key, by, act.reward(), -1);
        }
    }

    // With receipts

    /** @param joining whether the receipt is the first record of its member */
    void close(Version by, Priced priced, long key, boolean joining) {
        LocalDate day = by.day(priced.receipt.soldAtMillis());
        for (Act act : by.mechanics.acts()) {
            if (joining && act.kind() == ActKind.WELCOME) {
                give(key, by, act, day, lot(by, day));
            }
        }
        Member member = state.member(key);
        if (member.referrer != 0
                && state.survivor(member.referrer) != key
                && !member.referralCompleted
                && priced.isVisit(new long[priced.status.length])) {
            complete(by, priced, key, member);
        }
    }

    private void complete(Version by, Priced priced, long key, Member member) {
        member.referralCompleted = true;
        priced.completesReferral = true;
        LocalDate day = by.businessDay(priced.receipt);
        Lot lot = posting.lotOf(posting.pointsPurse(), by, priced.receipt);
        boolean told = false;
        for (Act act : by.mechanics.acts()) {
            boolean toReferrer = act.kind() == ActKind.REFERRER;
            long to = toReferrer ? state.survivor(member.referrer) : key;
            if ((toReferrer || act.kind() == ActKind.REFERRED) && give(to, by, act, day, lot)) {
                posting.event(EventKind.REFERRAL_COMPLETED, to, act.id(), Exact.micro(act.points()));
                priced.referralActs.add(new Priced.Given(to, act, act.points().signum() == 0 ? to : state.owner(to)));
                told |= toReferrer;
            }
        }
        if (!told) {
            posting.event(EventKind.REFERRAL_COMPLETED, state.survivor(member.referrer), "", 0);
        }
    }

    /** A receipt was wholly returned: what it completed is open again. */
    void open(Version by, Priced sold, long key, Consumer<Runnable> later) {
        LocalDate day = by.businessDay(sold.receipt);
        Lot lot = posting.lotOf(posting.pointsPurse(), by, sold.receipt);
        sold.referralActs.forEach(given -> takeBack(
                state.survivor(given.member()), state.survivor(given.account()), by, given.act(), day, lot, later));
        if (sold.completesReferral) {
            state.member(key).referralCompleted = false;
        }
    }

    /** Levels reached or passed. */
    void levels(Version by, long key, List<String> reached, LocalDate day) {
        for (String level : reached) {
            for (Act act : by.mechanics.acts()) {
                if (act.kind() == ActKind.TIER_ENTRY && level.equals(act.code())) {
                    give(key, by, act, day, lot(by, day));
                }
            }
        }
    }

    // By operations

    OperationStatus act(Operation operation, Version by, LocalDate clock, LocalDate day) {
        long key = operation.memberKey();
        if (operation.subject().equals("WELCOME")) {
            boolean joined = by.day(state.member(key).enrolledMillis).equals(clock);
            return joined && giveAll(key, by, ActKind.WELCOME, day) > 0
                    ? OperationStatus.DONE
                    : OperationStatus.NOTHING_TO_DO;
        }
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        switch (operation.subject()) {
            case "SURVEY" -> {
                if (operation.amount() < 0 || operation.amount() > BEST_SCORE) {
                    return OperationStatus.MALFORMED;
                }
                posting.event(EventKind.SURVEY_ANSWERED, key, "", operation.amount());
                giveAll(key, by, ActKind.SURVEY, day);
                return OperationStatus.DONE;
            }
            case "REVIEW" -> {
                giveAll(key, by, ActKind.REVIEW, day);
                return OperationStatus.DONE;
            }
            case "CUSTOM" -> {
                return custom(operation, by, day);
            }
            default -> {
                return OperationStatus.MALFORMED;
            }
        }
    }

    private OperationStatus custom(Operation operation, Version by, LocalDate day) {
        String code = operation.details().isEmpty() ? "" : operation.details().get(0);
        List<Act> named = by.mechanics.acts().stream()
                .filter(act -> act.kind() == ActKind.CUSTOM && code.equals(act.code()))
                .toList();
        if (named.isEmpty()) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        boolean given = false;
        for (Act act : named) {
            given |= giveAndTell(operation.memberKey(), by, act, day);
        }
        return given
                ? OperationStatus.DONE
                : isOver(by, day) ? OperationStatus.TOO_LATE : OperationStatus.LIMIT_EXCEEDED;
    }

    OperationStatus refer(Operation operation) {
        Member referred = state.member(operation.memberKey());
        Member referrer = state.member(operation.otherMemberKey());
        if (!referrer.known) {
            return OperationStatus.MEMBER_UNKNOWN;
        }
        if (referred.referrer != 0 && referred.referrer == operation.otherMemberKey()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (referred.referrer != 0 || referred == referrer || referrer.referrer == operation.memberKey()) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (referred.receipts > 0) {
            return OperationStatus.TOO_LATE;
        }
        referred.referrer = operation.otherMemberKey();
        posting.event(EventKind.REFERRAL_INVITED, operation.otherMemberKey(), "", 0);
        return OperationStatus.DONE;
    }

    OperationStatus fact(Operation operation, Version by, LocalDate day) {
        Member member = state.member(operation.memberKey());
        int value = (int) operation.amount();
        if (operation.subject().equals("birthday")) {
            Integer birthday = value == 0 ? null : (Integer) value;
            if (Objects.equals(birthday, member.birthday)) {
                return OperationStatus.NOTHING_TO_DO;
            }
            member.birthday = birthday;
            return OperationStatus.DONE;
        }
        if (!operation.subject().equals("profile") || value < 0 || value > 1) {
            return OperationStatus.MALFORMED;
        }
        if (member.profile == (value == 1)) {
            return OperationStatus.NOTHING_TO_DO;
        }
        member.profile = value == 1;
        if (member.profile) {
            giveAll(operation.memberKey(), by, ActKind.PROFILE_COMPLETED, day);
        }
        return OperationStatus.DONE;
    }

    OperationStatus tag(Operation operation, LocalDate clock) {
        Member member = state.member(operation.memberKey());
        if (operation.subject().isEmpty() || operation.amount() < 0) {
            return OperationStatus.MALFORMED;
        }
        LocalDate until = operation.amount() == 0 ? LocalDate.MAX : LocalDate.ofEpochDay(operation.amount());
        if (until.isBefore(clock)) {
            return OperationStatus.TOO_LATE;
        }
        if (until.equals(member.tagsUntil.get(operation.subject()))) {
            return OperationStatus.NOTHING_TO_DO;
        }
        member.tagsUntil.put(operation.subject(), until);
        posting.event(EventKind.TAGGED, operation.memberKey(), "", operation.amount());
        return OperationStatus.DONE;
    }

    /** One tag, or all, however they came. */
    OperationStatus untag(Operation operation) {
        Member member = state.member(operation.memberKey());
        String tag = operation.subject();
        boolean had = member.tagsUntil.keySet().removeIf(one -> tag.isEmpty() || one.equals(tag));
        for (Map.Entry<String, BigInteger> given : member.tags.entrySet()) {
            if ((tag.isEmpty() || given.getKey().equals(tag))
                    && given.getValue().signum() > 0) {
                given.setValue(Exact.ZERO);
                had = true;
            }
        }
        return had ? OperationStatus.DONE : OperationStatus.NOTHING_TO_DO;
    }

    // By days

    static LocalDate birthday(int monthAndDay, int year) {
        boolean moved = monthAndDay == 229 && !Year.isLeap(year);
        return LocalDate.of(year, monthAndDay / 100, moved ? 28 : monthAndDay % 100);
    }

    private static LocalDate nextBirthday(int monthAndDay, LocalDate from) {
        LocalDate own = birthday(monthAndDay, from.getYear());
        return own.isBefore(from) ? birthday(monthAndDay, from.getYear() + 1) : own;
    }

    /** A day has begun for a member. @param by in force on it */
    void day(long key, Version by, LocalDate day) {
        Member member = state.member(key);
        if (!member.known || by.firstDay().isAfter(day) || isOver(by, day)) {
            return;
        }
        LocalDate bought = member.lastSoldMillis == 0 ? null : by.day(member.lastSoldMillis);
        LocalDate enrolled = by.day(member.enrolledMillis);
        boolean told = false;
        for (Act act : by.mechanics.acts()) {
            boolean afterPurchase =
                    bought != null && bought.plusDays(act.number()).equals(day);
            switch (act.kind()) {
                case BIRTHDAY -> told |= birthday(key, by, act, day, told);
                case EVERY_MONTHS -> {
                    long months = ChronoUnit.MONTHS.between(enrolled.withDayOfMonth(1), day.withDayOfMonth(1));
                    if (months > 0
                            && months % act.number() == 0
                            && enrolled.plusMonths(months).equals(day)) {
                        giveAndTell(key, by, act, day);
                    }
                }
                case DORMANT -> {
                    if (afterPurchase) {
                        posting.event(EventKind.DORMANT, key, act.id(), act.number());
                        giveAndTell(key, by, act, day);
                    }
                }
                case REVIEW -> {
                    boolean may = member.acts.getOrDefault(act.id(), 0L) < most(act);
                    if (act.number() > 0 && afterPurchase && may) {
                        posting.event(EventKind.REVIEW_ASKED, key, act.id(), act.number());
                    }
                }
                case PROFILE_COMPLETED -> {
                    boolean due = enrolled.plusDays(act.number()).equals(day);
                    if (act.number() > 0 && due && !member.profile) {
                        posting.event(EventKind.ENROLMENT_UNFINISHED, key, act.id(), act.number());
                    }
                }
                default -> {}
            }
        }
    }

    private boolean birthday(long key, Version by, Act act, LocalDate day, boolean told) {
        Member member = state.member(key);
        if (member.birthday == null) {
            return false;
        }
        LocalDate next = nextBirthday(member.birthday, day);
        boolean today = next.equals(day);
        boolean soon = act.number() > 0
                && nextBirthday(member.birthday, day.plusDays(act.number())).equals(day.plusDays(act.number()));
        if (!today && !soon) {
            return false;
        }
        if (!told) {
            posting.event(EventKind.BIRTHDAY, key, act.id(), next.toEpochDay());
        }
        LocalDate last = member.celebrated.get(act.id());
        boolean longAgo = last == null || ChronoUnit.DAYS.between(last, day) >= DAYS_BETWEEN_BIRTHDAYS;
        if (today && longAgo && giveAndTell(key, by, act, day)) {
            member.celebrated.put(act.id(), day);
        }
        return true;
    }
}
