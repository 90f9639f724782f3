package org.assidu.accrual.grpc;

import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.pipeline.MemberAnswer;
import org.assidu.accrual.pipeline.NamedMovement;
import org.assidu.accrual.pipeline.ReceiptIdentity;
import org.assidu.accrual.pipeline.StatementPage;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.Lot;
import org.assidu.proto.v1.Membership;
import org.assidu.proto.v1.Movement;
import org.assidu.proto.v1.Purse;
import org.assidu.proto.v1.RewardMeasure;
import org.assidu.proto.v1.StatementEntry;
import org.assidu.proto.v1.TierStatus;

/** Answers about members in the words of the wire contract. */
public final class MemberAnswers {
    private MemberAnswers() {}

    static LookUpResponse lookUp(MemberAnswer from) {
        LookUpResponse.Builder to = LookUpResponse.newBuilder()
                .setMemberKey(from.memberKey())
                .setReceipts(from.receipts())
                .setPosition(from.position());
        for (MemberAnswer.PurseBalance purse : from.purses()) {
            to.addPurses(purse(purse));
        }
        for (MemberAnswer.UsableReward usable : from.rewards()) {
            to.addAlerts(ResultMapper.alert(usable.reward(), usable.count()));
        }
        addStatus(to, from.status());
        return to.build();
    }

    /** Adds level, clubs and perks. */
    public static void addStatus(LookUpResponse.Builder to, MemberStatus status) {
        if (status.tier() != null) {
            to.setTierId(status.tierId()).setTier(tier(status.tier()));
        }
        status.clubs().forEach(membership -> to.addClubs(membership(membership)));
        to.addAllPerks(status.perks());
    }

    private static TierStatus tier(MemberStatus.TierStatus from) {
        return TierStatus.newBuilder()
                .setTierId(from.tierId())
                .setLevel(from.level())
                .setReviewDay(WireDays.of(from.reviewDay()))
                .setMeasure(
                        from.measure() == TierMeasure.SPEND
                                ? RewardMeasure.REWARD_MEASURE_SPEND
                                : RewardMeasure.REWARD_MEASURE_POINTS)
                .setUnits(from.units())
                .setNextTierId(from.nextTierId())
                .setMissingUnits(from.missingUnits())
                .build();
    }

    static Membership membership(MemberStatus.Membership from) {
        return Membership.newBuilder()
                .setClubId(from.clubId())
                .setSinceDay(WireDays.of(from.sinceDay()))
                .setLastDay(WireDays.lastDay(from.lastDay()))
                .build();
    }

    private static Purse purse(MemberAnswer.PurseBalance from) {
        Purse.Builder to = Purse.newBuilder()
                .setPurseId(from.purseId())
                .setCurrency(from.currency())
                .setBalanceMicro(from.balanceMicro())
                .setPendingMicro(from.pendingMicro())
                .setDebtMicro(from.debtMicro())
                .setUsableMicro(from.usableMicro())
                .setConvertibleMicro(from.convertibleMicro());
        for (MemberAnswer.Lot lot : from.lots()) {
            to.addLots(Lot.newBuilder()
                    .setMicro(lot.micro())
                    .setLastDay(WireDays.lastDay(lot.expiryDay()))
                    .setFirstDay(WireDays.of(lot.unlockDay())));
        }
        return to.build();
    }

    static GetStatementResponse statement(StatementPage from) {
        GetStatementResponse.Builder to = GetStatementResponse.newBuilder()
                .setMemberKey(from.memberKey())
                .setBalanceMicro(from.balanceMicro())
                .setTierId(from.tierId())
                .setNextBeforePosition(from.nextBeforePosition())
                .setPosition(from.position());
        for (StatementPage.StatementEntry entry : from.entries()) {
            StatementEntry.Builder line = StatementEntry.newBuilder()
                    .setPosition(entry.position())
                    .setSoldAtMillis(entry.soldAtMillis())
                    .setPostedAtMillis(entry.postedAtMillis())
                    .setMovement(movement(entry.movement()));
            if (entry.receipt() != null) {
                line.setReceipt(identity(entry.receipt()));
            }
            if (entry.operation() != null) {
                line.setOperation(entry.operation().kind().name())
                        .setReason(entry.operation().reason())
                        .setAuthor(entry.operation().author());
            }
            to.addEntries(line);
        }
        return to.build();
    }

    static Movement movement(NamedMovement from) {
        return Movement.newBuilder()
                .setMemberKey(from.memberKey())
                .setPurseId(from.purseId())
                .setKindValue(from.kind().code())
                .setPointsMicro(from.pointsMicro())
                .setRuleId(from.ruleId())
                .setProgrammeVersion(from.programmeVersion())
                .setLastDay(WireDays.lastDayOfLot(from.lot()))
                .build();
    }

    private static org.assidu.proto.v1.ReceiptIdentity identity(ReceiptIdentity from) {
        return org.assidu.proto.v1.ReceiptIdentity.newBuilder()
                .setStore(from.store())
                .setTill(from.till())
                .setSeries(from.series())
                .setNumber(from.number())
                .setBusinessDate(from.businessDate())
                .build();
    }
}
