package org.assidu.accrual.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.engine.CodeView;
import org.assidu.accrual.engine.HeldFor;
import org.assidu.accrual.engine.ReservationView;
import org.assidu.accrual.engine.ShopOffer;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.ShopRule;
import org.jspecify.annotations.Nullable;

/**
 * The shop's rewards, value codes and promo codes, each call in one turn of the pipeline, with what the caller needs to know
 * after it. Codes come as their keyed hashes only. Futures fail as the pipeline's do.
 */
public final class ShopDesk {
    private static final int PERCENT_DECIMALS = 2;
    private static final String MULTI_PURPOSE = "/MULTI_PURPOSE";

    private final Pipeline pipeline;

    public ShopDesk(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** @param store empty = in none */
    public CompletableFuture<ShopAnswers.Offers> offers(long memberKey, String store) {
        return pipeline.ask(s -> {
            long now = s.now();
            Programme programme = s.engine().programmeAt(now);
            if (programme == null) {
                return new ShopAnswers.Offers(List.of(), "", s.lastPosition());
            }
            List<ShopAnswers.Offer> offers = new ArrayList<>();
            for (ShopOffer offer : s.engine().shopOffers(memberKey, store, now)) {
                ShopReward reward = offer.reward().source();
                offers.add(new ShopAnswers.Offer(
                        reward,
                        value(reward, programme),
                        offer.priceMicro(),
                        offer.free(),
                        offer.left() == ShopRule.UNLIMITED ? -1 : offer.left(),
                        offer.status()));
            }
            return new ShopAnswers.Offers(offers, programme.document().currency(), s.lastPosition());
        });
    }

    /**
     * @param id of the reservation, unique for ever
     * @param store empty = in none
     * @param receipt that it is held for; null = none
     */
    public CompletableFuture<ShopAnswers.Reserved> reserve(
            String id,
            long memberKey,
            String rewardId,
            long units,
            long expiresInMillis,
            String store,
            @Nullable ReceiptIdentity receipt) {
        List<String> details = receipt == null
                ? HeldFor.details(store)
                : HeldFor.details(
                        receipt.store(), receipt.till(), receipt.series(), receipt.number(), receipt.businessDate());
        return pipeline.ask(s -> {
            long now = s.now();
            OperationStatus status = s.operate(
                            operation(
                                    OperationKind.RESERVE,
                                    memberKey,
                                    rewardId,
                                    id,
                                    units,
                                    now + expiresInMillis,
                                    details),
                            now)
                    .status();
            long balanceMicro = s.engine().balanceMicro(memberKey, 0);
            boolean inEffect = isInEffect(status);
            ReservationView held = inEffect ? s.engine().reservation(id) : null;
            if (held == null) {
                OperationStatus over = inEffect ? OperationStatus.RESERVATION_ENDED : status;
                return new ShopAnswers.Reserved(over, false, 0, 0, balanceMicro, s.lastPosition());
            }
            boolean otherwise = held.memberKey() != memberKey
                    || held.units() != units
                    || !held.reward().id().equals(rewardId)
                    || !HeldFor.isSame(held.details(), details);
            return new ShopAnswers.Reserved(
                    status, otherwise, held.heldMicro(), held.endsAtMillis(), balanceMicro, s.lastPosition());
        });
    }

    /**
     * Makes a reservation final. The code of a voucher or gift card is issued before it in the same turn: a commit that is
     * recorded has its code.
     *
     * @param code hash of the code that the reservation has if it has one
     */
    public CompletableFuture<ShopAnswers.Committed> commit(String id, long code) {
        return pipeline.ask(s -> {
            long now = s.now();
            ReservationView held = s.engine().reservation(id);
            if (held != null && hasCode(held.reward()) && now < held.endsAtMillis()) {
                OperationStatus issued = issueFor(s, id, held, code, now);
                if (!isInEffect(issued)) {
                    return new ShopAnswers.Committed(issued, null, s.lastPosition());
                }
            }
            OperationStatus status = s.operate(
                            operation(
                                    OperationKind.COMMIT, held == null ? 0 : held.memberKey(), "", id, 0, 0, List.of()),
                            now)
                    .status();
            return new ShopAnswers.Committed(status, isInEffect(status) ? view(s, code) : null, s.lastPosition());
        });
    }

    private static OperationStatus issueFor(AccrualStage s, String id, ReservationView held, long code, long now) {
        Programme programme = s.engine().programmeAt(now);
        if (programme == null) {
            return OperationStatus.NO_PROGRAMME;
        }
        return s.operate(
                        operation(
                                OperationKind.ISSUE_CODE,
                                held.memberKey(),
                                held.reward().id() + MULTI_PURPOSE,
                                "reservation/" + id,
                                value(held.reward(), programme) * held.units(),
                                endsAtMillis(held.reward(), programme, now),
                                List.of(hex(code))),
                        now)
                .status();
    }

    /** A code bought today can be used for so many more days. */
    private static long endsAtMillis(ShopReward reward, Programme programme, long now) {
        return reward.validDays() == 0 ? 0 : programme.startOfDayMillis(programme.day(now) + reward.validDays() + 1);
    }

    public CompletableFuture<ShopAnswers.CodeAnswer> cancel(String id) {
        return pipeline.ask(s -> {
            ReservationView held = s.engine().reservation(id);
            long member = held == null ? 0 : held.memberKey();
            OperationStatus status = s.operate(operation(OperationKind.CANCEL, member, "", id, 0, 0, List.of()))
                    .status();
            return new ShopAnswers.CodeAnswer(status, null, s.lastPosition());
        });
    }

    /**
     * @param key of the caller, unique for ever
     * @param subject what is issued and its purpose for tax
     * @param endsAtMillis 0 = never
     */
    public CompletableFuture<ShopAnswers.CodeAnswer> issue(
            String key, long code, long minor, long endsAtMillis, String subject) {
        return pipeline.ask(s -> onCode(
                s,
                operation(OperationKind.ISSUE_CODE, 0, subject, key, minor, endsAtMillis, List.of(hex(code))),
                code));
    }

    /** @param kind REDEEM_CODE or REFUND_CODE @param key names the payment with this code */
    public CompletableFuture<ShopAnswers.CodeAnswer> move(OperationKind kind, String key, long code, long minor) {
        String keyOfCode = hex(code) + "/" + key;
        return pipeline.ask(s -> onCode(s, operation(kind, 0, "", keyOfCode, minor, 0, List.of(hex(code))), code));
    }

    private static ShopAnswers.CodeAnswer onCode(AccrualStage s, Operation operation, long code) {
        OperationStatus status = s.operate(operation).status();
        return new ShopAnswers.CodeAnswer(status, view(s, code), s.lastPosition());
    }

    public CompletableFuture<ShopAnswers.CodeAnswer> code(long code) {
        return pipeline.ask(s -> {
            CodeView found = s.engine().code(code);
            OperationStatus status = found == null
                    ? OperationStatus.CODE_UNKNOWN
                    : s.now() >= found.endsAtMillis() ? OperationStatus.TOO_LATE : OperationStatus.DONE;
            return new ShopAnswers.CodeAnswer(status, view(s, code), s.lastPosition());
        });
    }

    /** @param memberKey 0 = nobody is identified @param key names the use of this code */
    public CompletableFuture<ShopAnswers.PromoUsed> usePromoCode(String code, long memberKey, String key) {
        return pipeline.ask(s -> {
            long now = s.now();
            OperationStatus status = s.operate(
                            operation(OperationKind.USE_PROMO_CODE, memberKey, code, code + "/" + key, 0, 0, List.of()),
                            now)
                    .status();
            Programme programme = s.engine().programmeAt(now);
            PromoCode terms = programme == null || !isInEffect(status) ? null : promoCode(programme, code);
            if (programme == null || terms == null) {
                return new ShopAnswers.PromoUsed(status, null, 0, 0, s.lastPosition());
            }
            return new ShopAnswers.PromoUsed(
                    status,
                    terms,
                    units(terms.percent(), PERCENT_DECIMALS),
                    units(terms.amount(), minorDigits(programme)),
                    s.lastPosition());
        });
    }

    private static @Nullable PromoCode promoCode(Programme programme, String code) {
        for (PromoCode promo : programme.document().mechanics().promoCodes()) {
            if (promo.code().equals(code)) {
                return promo;
            }
        }
        return null;
    }

    private static ShopAnswers.@Nullable Code view(AccrualStage s, long code) {
        CodeView found = s.engine().code(code);
        return found == null
                ? null
                : new ShopAnswers.Code(
                        found.leftMinor(),
                        found.issuedMinor(),
                        found.endsAtMillis() == Long.MAX_VALUE ? 0 : found.endsAtMillis());
    }

    private static boolean isInEffect(OperationStatus status) {
        return status == OperationStatus.DONE || status == OperationStatus.ALREADY_DONE;
    }

    private static boolean hasCode(ShopReward reward) {
        return reward.kind() == ShopKind.VOUCHER || reward.kind() == ShopKind.GIFT_CARD;
    }

    private static long value(ShopReward reward, Programme programme) {
        boolean percent = reward.kind() == ShopKind.PERCENTAGE_OFF;
        return units(reward.value(), percent ? PERCENT_DECIMALS : minorDigits(programme));
    }

    private static int minorDigits(Programme programme) {
        return Math.max(0, ProgrammeCompiler.minorDigits(programme.document().currency()));
    }

    private static long units(BigDecimal value, int decimals) {
        return value.movePointRight(decimals).longValue();
    }

    private static String hex(long code) {
        return HexFormat.of().toHexDigits(code);
    }

    private static Operation operation(
            OperationKind kind,
            long memberKey,
            String subject,
            String key,
            long amount,
            long atMillis,
            List<String> details) {
        return new Operation(kind, memberKey, 0, subject, key, amount, atMillis, "", "", details);
    }
}
