package org.assidu.accrual.grpc;

import java.util.Objects;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopKind;
import org.assidu.accrual.pipeline.PurseDesk;
import org.assidu.accrual.pipeline.ShopAnswers;
import org.assidu.proto.v1.CommitResponse;
import org.assidu.proto.v1.ConvertPointsResponse;
import org.assidu.proto.v1.GetCodeResponse;
import org.assidu.proto.v1.IssueCodeRequest;
import org.assidu.proto.v1.IssueCodeResponse;
import org.assidu.proto.v1.ListRewardsResponse;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.ReserveResponse;
import org.assidu.proto.v1.RewardOffer;
import org.assidu.proto.v1.ShopRewardKind;
import org.assidu.proto.v1.UsePromoCodeResponse;

/** What the shop says, in the words of the contract. */
final class RewardAnswers {
    private RewardAnswers() {}

    static OperationStatus status(org.assidu.accrual.model.OperationStatus status) {
        return Objects.requireNonNull(OperationStatus.forNumber(status.code()), status::name);
    }

    static ListRewardsResponse offers(long memberKey, ShopAnswers.Offers offers) {
        ListRewardsResponse.Builder to = ListRewardsResponse.newBuilder()
                .setMemberKey(memberKey)
                .setCurrency(offers.currency())
                .setPosition(offers.position());
        offers.offers().forEach(offer -> to.addOffers(offer(offer)));
        return to.build();
    }

    private static RewardOffer offer(ShopAnswers.Offer offer) {
        RewardOffer.Builder to = RewardOffer.newBuilder()
                .setRewardId(offer.reward().id())
                .setNameEn(offer.reward().nameEn())
                .setNameFr(offer.reward().nameFr())
                .setKind(kind(offer.reward().kind()))
                .setValue(offer.value())
                .setPriceMicro(offer.priceMicro())
                .setFreeUnits(offer.freeUnits())
                .setStatus(status(offer.status()));
        String sku = offer.reward().sku();
        if (sku != null) {
            to.setSku(sku);
        }
        if (offer.left() >= 0) {
            to.setStockLeft(offer.left());
        }
        return to.build();
    }

    private static ShopRewardKind kind(ShopKind kind) {
        return switch (kind) {
            case PERCENTAGE_OFF -> ShopRewardKind.SHOP_REWARD_KIND_PERCENTAGE_OFF;
            case FIXED_AMOUNT -> ShopRewardKind.SHOP_REWARD_KIND_FIXED_AMOUNT;
            case FREE_ARTICLE -> ShopRewardKind.SHOP_REWARD_KIND_FREE_ARTICLE;
            case GIFT_CARD -> ShopRewardKind.SHOP_REWARD_KIND_GIFT_CARD;
            case VOUCHER -> ShopRewardKind.SHOP_REWARD_KIND_VOUCHER;
            case EARLY_ACCESS -> ShopRewardKind.SHOP_REWARD_KIND_EARLY_ACCESS;
            case EVENT_SEAT -> ShopRewardKind.SHOP_REWARD_KIND_EVENT_SEAT;
            case DONATION -> ShopRewardKind.SHOP_REWARD_KIND_DONATION;
            case PARTNER -> ShopRewardKind.SHOP_REWARD_KIND_PARTNER;
        };
    }

    static ReserveResponse reserved(long memberKey, ShopAnswers.Reserved reserved) {
        if (reserved.otherwise()) {
            throw GrpcErrors.alreadyExists(
                    "RESERVATION_DIFFERS",
                    "this reservation_id is held for another member, reward or number of units: send one that was never"
                            + " used, such as a UUID");
        }
        return ReserveResponse.newBuilder()
                .setStatus(status(reserved.status()))
                .setMemberKey(memberKey)
                .setPriceMicro(reserved.priceMicro())
                .setEndsAtMillis(reserved.endsAtMillis())
                .setBalanceMicro(reserved.balanceMicro())
                .setPosition(reserved.position())
                .build();
    }

    /** Of a card that was reported lost: it spends nothing, and is told nothing. */
    static ReserveResponse blocked(long memberKey) {
        return ReserveResponse.newBuilder()
                .setStatus(OperationStatus.OPERATION_STATUS_NOT_ALLOWED)
                .setMemberKey(memberKey)
                .build();
    }

    static ConvertPointsResponse converted(long memberKey, PurseDesk.Conversion converted) {
        return ConvertPointsResponse.newBuilder()
                .setStatus(status(converted.status()))
                .setMemberKey(memberKey)
                .setCreditedMicro(converted.creditedMicro())
                .setBalanceMicro(converted.pointsLeftMicro())
                .setPosition(converted.position())
                .build();
    }

    static CommitResponse committed(ShopAnswers.Committed committed, String printedCode) {
        CommitResponse.Builder to = CommitResponse.newBuilder()
                .setStatus(status(committed.status()))
                .setPosition(committed.position());
        ShopAnswers.Code code = committed.code();
        if (code != null) {
            to.setCode(printedCode).setLeftMinor(code.leftMinor());
        }
        return to.build();
    }

    static IssueCodeResponse issued(ShopAnswers.CodeAnswer answer, IssueCodeRequest request, String printedCode) {
        ShopAnswers.Code code = answer.code();
        boolean inEffect = answer.status() == org.assidu.accrual.model.OperationStatus.DONE
                || answer.status() == org.assidu.accrual.model.OperationStatus.ALREADY_DONE;
        if (inEffect
                && code != null
                && (code.issuedMinor() != request.getValueMinor()
                        || code.endsAtMillis() != request.getEndsAtMillis())) {
            throw GrpcErrors.alreadyExists(
                    "CODE_DIFFERS",
                    "a code was issued under this idempotency_key with another value or end: send a key that was never"
                            + " used, such as a UUID");
        }
        return IssueCodeResponse.newBuilder()
                .setStatus(status(answer.status()))
                .setCode(inEffect ? printedCode : "")
                .setPosition(answer.position())
                .build();
    }

    static GetCodeResponse code(ShopAnswers.CodeAnswer answer) {
        ShopAnswers.Code code = answer.code();
        return GetCodeResponse.newBuilder()
                .setStatus(status(answer.status()))
                .setLeftMinor(leftMinor(answer))
                .setEndsAtMillis(code == null ? 0 : code.endsAtMillis())
                .setPosition(answer.position())
                .build();
    }

    static long leftMinor(ShopAnswers.CodeAnswer answer) {
        ShopAnswers.Code code = answer.code();
        return code == null ? 0 : code.leftMinor();
    }

    static UsePromoCodeResponse promo(ShopAnswers.PromoUsed used) {
        UsePromoCodeResponse.Builder to = UsePromoCodeResponse.newBuilder()
                .setStatus(status(used.status()))
                .setPercentHundredths(used.percentHundredths())
                .setAmountMinor(used.amountMinor())
                .setPosition(used.position());
        PromoCode code = used.code();
        if (code != null) {
            to.addAllSkus(code.skus()).addAllCategories(code.categories()).addAllBrands(code.brands());
        }
        return to.build();
    }
}
