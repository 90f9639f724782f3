package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.OperationStatus;
import org.jspecify.annotations.Nullable;

/** What {@link ShopDesk} answers. In all, {@code position} is the last journal position that the answer reflects. */
public final class ShopAnswers {
    private ShopAnswers() {}

    /** @param currency ISO 4217; empty without a programme */
    public record Offers(List<Offer> offers, String currency, long position) {}

    /**
     * A reward as a member finds it.
     *
     * @param value hundredths of a percent (PERCENTAGE_OFF) or minor units; 0 where the kind has none
     * @param priceMicro of one unit
     * @param freeUnits that the member may have without points
     * @param left units in stock; -1 = no limit
     * @param status DONE when one unit can be had now
     */
    public record Offer(
            ShopReward reward, long value, long priceMicro, long freeUnits, long left, OperationStatus status) {}

    /**
     * @param otherwise whether the id is held for another member, reward or number of units
     * @param priceMicro points spent; 0 unless held
     * @param endsAtMillis 0 unless held
     */
    public record Reserved(
            OperationStatus status,
            boolean otherwise,
            long priceMicro,
            long endsAtMillis,
            long balanceMicro,
            long position) {}

    /** @param code what the reservation's code is worth; null when it has none */
    public record Committed(
            OperationStatus status, @Nullable Code code, long position) {}

    /**
     * A voucher or gift card.
     *
     * @param endsAtMillis 0 = never
     */
    public record Code(long leftMinor, long issuedMinor, long endsAtMillis) {}

    /** @param code null when none was issued */
    public record CodeAnswer(
            OperationStatus status, @Nullable Code code, long position) {}

    /** @param code what it gives; null unless it is in effect */
    public record PromoUsed(
            OperationStatus status,
            @Nullable PromoCode code,
            long percentHundredths,
            long amountMinor,
            long position) {}
}
