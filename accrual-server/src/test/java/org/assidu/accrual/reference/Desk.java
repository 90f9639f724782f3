package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/** What is asked for by people and not by tills: corrections, points into money, the shop, promo codes. */
final class Desk {
    private final State state;
    private final ControlGroup control;
    private final Set<String> done = new HashSet<>();

    Desk(State state, ControlGroup control) {
        this.state = state;
        this.control = control;
    }

    Answer decide(Operation operation, long nowMillis) {
        Version version = state.at(nowMillis);
        if (version == null) {
            return Answer.of(OperationStatus.NO_PROGRAMME);
        }
        // A proposal is the same request as the adjustment that it stands for.
        OperationKind kind =
                operation.kind() == OperationKind.PROPOSE_ADJUSTMENT ? OperationKind.ADJUST : operation.kind();
        String key = operation.idempotencyKey().isEmpty() ? "" : kind + " " + operation.idempotencyKey();
        if (done.contains(key)) {
            return Answer.of(OperationStatus.ALREADY_DONE);
        }
        Posting posting = new Posting(state, version);
        posting.business = today(version, nowMillis);
        if (operation.kind() == OperationKind.CLAIM && state.member(operation.memberKey()).known) {
            return claim(operation, version, nowMillis);
        }
        OperationStatus status = decide(operation, version, nowMillis, posting);
        if (status == OperationStatus.DONE && !key.isEmpty()) {
            done.add(key);
        }
        Answer answer = Answer.of(status);
        return new Answer(
                answer.status(),
                answer.points(),
                answer.balance(),
                List.of(),
                List.of(),
                List.of(),
                posting.allEvents(),
                posting.movements);
    }

    private OperationStatus decide(Operation operation, Version version, long nowMillis, Posting posting) {
        Shop shop = new Shop(state, posting);
        return switch (operation.kind()) {
            case COMMIT -> shop.commit(operation, nowMillis);
            case CANCEL, END_RESERVATION -> shop.giveBack(operation, nowMillis);
            case USE_PROMO_CODE -> usePromoCode(operation, version, nowMillis);
            case ISSUE_CODE ->
                operation.memberKey() != 0 && !state.member(operation.memberKey()).known
                        ? OperationStatus.MEMBER_UNKNOWN
                        : state.codes.issue(operation);
            case REDEEM_CODE -> state.codes.redeem(operation, nowMillis);
            case REFUND_CODE -> state.codes.refund(operation);
            case MIGRATE -> new Persons(state, posting).migrate(operation, version, version.day(nowMillis));
            case LEAVE_CLUB -> new Clubs(state, posting).leave(operation, version, version.day(nowMillis));
            default ->
                state.member(operation.memberKey()).known
                        ? ofMember(operation, version, nowMillis, posting, shop)
                        : OperationStatus.MEMBER_UNKNOWN;
        };
    }

    private OperationStatus ofMember(Operation operation, Version version, long nowMillis, Posting posting, Shop shop) {
        return switch (operation.kind()) {
            case ADJUST -> adjust(operation, version, nowMillis, posting);
            case PROPOSE_ADJUSTMENT -> propose(operation, version);
            case APPROVE_ADJUSTMENT -> approve(operation, version, nowMillis, posting);
            case REJECT_ADJUSTMENT -> reject(operation);
            case CONVERT -> convert(operation, version, nowMillis, posting);
            case ACT ->
                new Acts(state, posting).act(operation, version, version.day(nowMillis), today(version, nowMillis));
            case REFER -> new Acts(state, posting).refer(operation);
            case PERSON_FACT -> new Acts(state, posting).fact(operation, version, today(version, nowMillis));
            case TAG -> new Acts(state, posting).tag(operation, version.day(nowMillis));
            case UNTAG -> new Acts(state, posting).untag(operation);
            case JOIN_CLUB -> new Clubs(state, posting).join(operation, version, version.day(nowMillis));
            case MERGE -> new Persons(state, posting).merge(operation, version);
            case JOIN_HOUSEHOLD -> new Persons(state, posting).join(operation, version);
            case LEAVE_HOUSEHOLD -> new Persons(state, posting).leave(operation, version);
            case CHANGE_CARD -> OperationStatus.DONE;
            case RESERVE -> shop.reserve(operation, version, nowMillis);
            default -> throw new IllegalArgumentException(operation.kind() + " is no part of the reference");
        };
    }

    // Claims

    /** A receipt of nobody is decided again for who claims it; what came back before comes off at once. */
    private Answer claim(Operation operation, Version version, long nowMillis) {
        if (operation.details().size() != 5) {
            return Answer.of(OperationStatus.MALFORMED);
        }
        State.Key key = Shop.receipt(state, operation.details());
        State.Closed closed = state.closed.get(key);
        if (closed == null || closed.priced().receipt.soldAtMillis() != operation.atMillis()) {
            return Answer.of(OperationStatus.SUBJECT_UNKNOWN);
        }
        long member = operation.memberKey();
        if (closed.claimed() != null) {
            boolean same = state.survivor(closed.claimed().receipt.memberKey()) == member;
            return Answer.of(same ? OperationStatus.ALREADY_DONE : OperationStatus.NOT_ALLOWED);
        }
        MemberFact fact = closed.priced().receipt.fact();
        int days = version.mechanics.desk().claimDays();
        if (days == 0 || (fact != MemberFact.ANONYMOUS && fact != MemberFact.UNKNOWN)) {
            return Answer.of(OperationStatus.NOT_ALLOWED);
        }
        if (ChronoUnit.DAYS.between(version.day(operation.atMillis()), version.day(nowMillis)) > days) {
            return Answer.of(OperationStatus.TOO_LATE);
        }
        Receipt named = closed.priced().receipt.member(member, MemberFact.KNOWN);
        Sales sale = new Sales(
                state, new Conditions(state, control), named, closed.arrivedMillis(), closed.priced().version);
        if (sale.denial() != ReceiptStatus.ACCRUED) {
            return Answer.of(OperationStatus.NOTHING_TO_DO);
        }
        Answer told = sale.claim(closed);
        state.closed.put(key, closed.claimedAs(sale.priced()));
        Member of = state.member(member);
        long sold = named.soldAtMillis();
        of.firstSoldMillis = of.receipts == 0 ? sold : Math.min(of.firstSoldMillis, sold);
        of.lastSoldMillis = Math.max(of.lastSoldMillis, sold);
        of.receipts++;
        return new Answer(
                OperationStatus.DONE.name(),
                Exact.ZERO,
                Exact.ZERO,
                List.of(),
                List.of(),
                List.of(),
                told.events(),
                told.movements());
    }

    // Adjustments

    private OperationStatus check(Operation operation, Version version) {
        if (version.purse(operation.subject()) == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (operation.amount() == 0
                || operation.author().isEmpty()
                || operation.reason().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        BigInteger amount = Exact.whole(operation.amount());
        return exceeds(amount, version.mechanics.desk().adjustmentLimit(), operation.subject(), version)
                ? OperationStatus.LIMIT_EXCEEDED
                : OperationStatus.DONE;
    }

    private boolean exceeds(BigInteger amount, BigDecimal units, String purse, Version version) {
        boolean points = purse.equals(state.pointsPurse());
        BigInteger most = Exact.micro(points ? units : units.movePointRight(version.digits()));
        return amount.abs().compareTo(most) > 0;
    }

    private OperationStatus adjust(Operation operation, Version version, long nowMillis, Posting posting) {
        OperationStatus status = check(operation, version);
        if (status != OperationStatus.DONE) {
            return status;
        }
        BigInteger amount = Exact.whole(operation.amount());
        if (exceeds(amount, version.mechanics.desk().approvalAbove(), operation.subject(), version)) {
            return OperationStatus.APPROVAL_REQUIRED;
        }
        move(operation.memberKey(), operation.subject(), MovementKind.ADJUSTED, amount, version, nowMillis, posting);
        return OperationStatus.DONE;
    }

    private OperationStatus propose(Operation operation, Version version) {
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        OperationStatus status = check(operation, version);
        if (status == OperationStatus.DONE) {
            state.waiting.put(
                    operation.idempotencyKey(),
                    new State.Waiting(
                            operation.memberKey(),
                            operation.subject(),
                            Exact.whole(operation.amount()),
                            operation.author()));
        }
        return status;
    }

    private State.@Nullable Waiting waiting(Operation operation) {
        State.Waiting found = state.waiting.get(operation.idempotencyKey());
        return found == null || found.member() != operation.memberKey() ? null : found;
    }

    private OperationStatus approve(Operation operation, Version version, long nowMillis, Posting posting) {
        State.Waiting waiting = waiting(operation);
        if (waiting == null) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (operation.author().equals(waiting.author())) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (version.purse(waiting.purse()) == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (exceeds(waiting.amount(), version.mechanics.desk().adjustmentLimit(), waiting.purse(), version)) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        state.waiting.remove(operation.idempotencyKey());
        move(waiting.member(), waiting.purse(), MovementKind.ADJUSTED, waiting.amount(), version, nowMillis, posting);
        return OperationStatus.DONE;
    }

    private OperationStatus reject(Operation operation) {
        if (waiting(operation) == null) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        state.waiting.remove(operation.idempotencyKey());
        return OperationStatus.DONE;
    }

    /** What the desk credits is of today and never pending. */
    private void move(
            long member,
            String purse,
            MovementKind kind,
            BigInteger amount,
            Version version,
            long nowMillis,
            Posting posting) {
        LocalDate day = today(version, nowMillis);
        Lot lot = amount.signum() < 0 ? null : Version.lot(state.purse(version, purse), day, false);
        posting.post(member, purse, kind, amount, "", version, lot);
    }

    /** Days may have been let pass ahead of the clock. */
    private LocalDate today(Version version, long nowMillis) {
        LocalDate clock = version.day(nowMillis);
        return clock.isBefore(state.today()) ? state.today() : clock;
    }

    // Points into money

    private OperationStatus convert(Operation operation, Version version, long nowMillis, Posting posting) {
        String purse = operation.subject();
        if (version.purse(purse) == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        MoneyPurse money = version.mechanics.moneyPurses().stream()
                .filter(one -> one.purse().id().equals(purse))
                .findFirst()
                .orElse(null);
        if (money == null || money.pointsPerUnit() == null) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (operation.amount() <= 0) {
            return OperationStatus.MALFORMED;
        }
        BigInteger points = Exact.whole(operation.amount());
        Holding held = state.purse(operation.memberKey(), posting.pointsPurse());
        if (held.available(state.today()).compareTo(points) < 0) {
            return OperationStatus.INSUFFICIENT_POINTS;
        }
        BigInteger worth = new BigDecimal(points)
                .movePointRight(version.digits())
                .divide(money.pointsPerUnit(), 0, RoundingMode.DOWN)
                .toBigInteger();
        worth = Exact.rounded(worth, money.purse().rounding());
        if (worth.signum() == 0) {
            return OperationStatus.NOTHING_TO_DO;
        }
        long member = operation.memberKey();
        move(member, posting.pointsPurse(), MovementKind.TRANSFERRED, points.negate(), version, nowMillis, posting);
        move(member, purse, MovementKind.TRANSFERRED, worth, version, nowMillis, posting);
        return OperationStatus.DONE;
    }

    // Promo codes

    private OperationStatus usePromoCode(Operation operation, Version version, long nowMillis) {
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        PromoCode code = promoCode(version, operation.subject());
        return code == null
                ? OperationStatus.CODE_UNKNOWN
                : use(state, code, operation.memberKey(), version.day(nowMillis), nowMillis);
    }

    static @Nullable PromoCode promoCode(Version version, String code) {
        return version.mechanics.promoCodes().stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    static OperationStatus use(State state, PromoCode code, long key, LocalDate day, long nowMillis) {
        if (day.isBefore(code.firstDay()) || day.isAfter(code.lastDay())) {
            return OperationStatus.TOO_LATE;
        }
        if (code.uses() > 0 && state.promoUses.getOrDefault(code.code(), 0L) >= code.uses()) {
            return OperationStatus.CODE_USED_UP;
        }
        Member member = state.member(key);
        if (code.usesPerMember() > 0) {
            if (key == 0) {
                return OperationStatus.MEMBER_UNKNOWN;
            }
            if (member.promoUses.getOrDefault(code.code(), 0L) >= code.usesPerMember()) {
                return OperationStatus.LIMIT_EXCEEDED;
            }
        }
        state.promoUses.merge(code.code(), 1L, Long::sum);
        member.promoUses.merge(code.code(), 1L, Long::sum);
        if (key != 0) {
            member.join(nowMillis);
        }
        return OperationStatus.DONE;
    }
}
