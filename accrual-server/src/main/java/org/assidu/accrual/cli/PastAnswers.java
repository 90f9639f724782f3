package org.assidu.accrual.cli;

import java.io.IOException;
import java.util.List;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.MemberView;
import org.assidu.accrual.grpc.MemberAnswers;
import org.assidu.accrual.grpc.WireDays;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;
import org.assidu.accrual.replay.PastLedger;
import org.assidu.accrual.replay.PastReceipt;
import org.assidu.accrual.replay.PastState;
import org.assidu.accrual.replay.RecordListener;
import org.assidu.accrual.text.LineReason;
import org.assidu.proto.v1.Alert;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.ExplainedLine;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.Lot;
import org.assidu.proto.v1.Movement;
import org.assidu.proto.v1.Purse;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.StatementEntry;
import org.jspecify.annotations.Nullable;

/** Answers about a moment of the past, in the words in which a server answers about now. */
final class PastAnswers {
    private PastAnswers() {}

    static LookUpResponse lookUp(PastOption past, Identifier member, Output output) throws IOException {
        long key = PastMember.key(member, past.directory());
        PastState state = past.state(new RecordListener() {});
        PastOption.tell(state, output);
        LookUpResponse.Builder to =
                LookUpResponse.newBuilder().setMemberKey(key).setPosition(state.position());
        MemberView view = state.engine().member(key);
        if (view == null) {
            return to.build();
        }
        to.setReceipts(view.receipts());
        MemberAnswers.addStatus(to, state.engine().status(key, state.atMillis()));
        for (MemberView.PurseView purse : view.purses()) {
            to.addPurses(purse(purse, to.getPursesCount() == 0 ? "" : currency(state.engine())));
        }
        addUses(to, state.engine().standing(key, state.atMillis()));
        for (MemberView.UnlockedReward reward : view.rewards()) {
            if (reward.available() > 0) {
                to.addAlerts(Alert.newBuilder()
                        .setRewardId(reward.rewardId())
                        .setCount((int) Math.min(reward.available(), Integer.MAX_VALUE))
                        .setAutoApply(appliesItself(state.engine(), reward.rewardId())));
            }
        }
        return to.build();
    }

    /** What can be paid with, and what points would become. */
    private static void addUses(LookUpResponse.Builder to, MemberStanding standing) {
        for (Purse.Builder purse : to.getPursesBuilderList()) {
            purse.setUsableMicro(Math.max(0, purse.getBalanceMicro() - purse.getPendingMicro()));
            for (MemberStanding.Money money : standing.money()) {
                if (money.purseId().equals(purse.getPurseId())) {
                    purse.setUsableMicro(money.usableMicro()).setConvertibleMicro(money.convertibleMicro());
                }
            }
        }
    }

    private static boolean appliesItself(AccrualEngine engine, String rewardId) {
        boolean applies = false;
        for (Programme programme : engine.programmes()) {
            for (RewardRule rule : programme.thresholdRewards()) {
                applies = rule.id().equals(rewardId) ? rule.autoApply() : applies;
            }
        }
        return applies;
    }

    private static String currency(AccrualEngine engine) {
        return engine.programmes().get(0).document().currency();
    }

    private static Purse purse(MemberView.PurseView from, String currency) {
        Purse.Builder to = Purse.newBuilder()
                .setPurseId(from.purseId())
                .setCurrency(currency)
                .setBalanceMicro(from.balanceMicro())
                .setPendingMicro(from.pendingMicro())
                .setDebtMicro(from.debtMicro());
        for (MemberView.Lot lot : from.lots()) {
            to.addLots(Lot.newBuilder()
                    .setMicro(lot.micro())
                    .setLastDay(lot.expiryDay() == LotKey.NEVER ? 0 : WireDays.of(lot.expiryDay()))
                    .setFirstDay(WireDays.of(lot.unlockDay())));
        }
        return to.build();
    }

    static GetStatementResponse statement(PastOption past, Identifier member, int limit, Output output)
            throws IOException {
        long key = PastMember.key(member, past.directory());
        PastLedger ledger = new PastLedger(key, limit);
        PastState state = past.state(ledger);
        PastOption.tell(state, output);
        GetStatementResponse.Builder to = GetStatementResponse.newBuilder()
                .setMemberKey(key)
                .setBalanceMicro(
                        state.engine().purses() == 0 ? 0 : state.engine().balanceMicro(key, 0))
                .setPosition(state.position());
        for (PastLedger.Entry entry : ledger.entries(state.engine())) {
            to.addEntries(entry(key, entry));
        }
        return to.build();
    }

    private static StatementEntry entry(long member, PastLedger.Entry from) {
        StatementEntry.Builder to = StatementEntry.newBuilder()
                .setPosition(from.position())
                .setSoldAtMillis(from.businessMillis())
                .setPostedAtMillis(from.postedMillis())
                .setMovement(Movement.newBuilder()
                        .setMemberKey(member)
                        .setPurseId(from.purseId())
                        .setKindValue(from.kind().code())
                        .setPointsMicro(from.micro())
                        .setRuleId(from.ruleId())
                        .setProgrammeVersion(from.version())
                        .setLastDay(lastDay(from.lot())));
        PastLedger.Cause cause = from.cause();
        if (cause.operation() != null) {
            return to.setOperation(cause.operation().kind().name())
                    .setReason(cause.operation().reason())
                    .build();
        }
        return to.setReceipt(ReceiptIdentity.newBuilder()
                        .setStore(cause.store())
                        .setTill(cause.till())
                        .setSeries(cause.series())
                        .setNumber(cause.number())
                        .setBusinessDate(cause.businessDate()))
                .build();
    }

    private static int lastDay(long lot) {
        return lot == LotKey.NONE || LotKey.expiryDay(lot) == LotKey.NEVER ? 0 : WireDays.of(LotKey.expiryDay(lot));
    }

    static ExplainReceiptResponse explain(PastOption past, ReceiptIdentity identity, Output output) throws IOException {
        PastReceipt sought = new PastReceipt(
                identity.getStore(),
                identity.getTill(),
                identity.getSeries(),
                identity.getNumber(),
                identity.getBusinessDate());
        PastState state = past.state(sought);
        PastOption.tell(state, output);
        RecordedReceipt found = sought.found();
        if (found == null) {
            throw new IllegalArgumentException("no receipt of this identity was closed by then" + " ("
                    + PastOption.words(state) + "); check store, till, series and number");
        }
        ReceiptColumns receipt = found.receipt();
        OutcomeColumns outcome = found.outcome();
        Programme programme = outcome.programmeVersion == 0
                ? null
                : state.engine().programmes().get(outcome.programmeVersion - 1);
        ExplainReceiptResponse.Builder to = ExplainReceiptResponse.newBuilder()
                .setReceipt(identity)
                .setPosition(found.position())
                .setSoldAtMillis(receipt.soldAtMillis)
                .setReceivedAtMillis(sought.receivedAtMillis())
                .setStatusValue(outcome.status.code())
                .setMemberKey(receipt.memberKey)
                .setProgrammeVersion(outcome.programmeVersion)
                .setProgrammeId(programme == null ? "" : programme.id())
                .setCurrency(ReceiptColumns.currencyCode(receipt.currency));
        addLines(to, state.engine(), programme, receipt, outcome);
        addMovements(to, state.engine(), outcome);
        return to.build();
    }

    private static void addLines(
            ExplainReceiptResponse.Builder to,
            AccrualEngine engine,
            @Nullable Programme programme,
            ReceiptColumns receipt,
            OutcomeColumns outcome) {
        LineReason reason = new LineReason(programme == null ? null : programme.document(), receipt, outcome);
        for (int line = 0; line < receipt.lines; line++) {
            to.addLines(ExplainedLine.newBuilder()
                    .setLine(line + 1)
                    .setSku(receipt.string(receipt.sku[line]))
                    .setQuantityThousandths(receipt.quantityThousandths[line])
                    .setAmountMinor(receipt.amountMinor[line])
                    .setEligibleMinor(outcome.eligible[line])
                    .setPointsMicro(outcome.linePointsMicro[line])
                    .setStatusValue(outcome.lineStatus[line].code())
                    .setReturnedThousandths(engine.returnedThousandths(receipt, line))
                    .setReason(reason.of(line)));
        }
    }

    private static void addMovements(ExplainReceiptResponse.Builder to, AccrualEngine engine, OutcomeColumns outcome) {
        List<Programme> versions = engine.programmes();
        for (int m = 0; m < outcome.movements; m++) {
            int version = outcome.movementVersion[m];
            to.addMovements(Movement.newBuilder()
                    .setMemberKey(outcome.movementMember[m])
                    .setPurseId(engine.purseId(outcome.movementPurse[m]))
                    .setKindValue(outcome.movementKind[m].code())
                    .setPointsMicro(outcome.movementMicro[m])
                    .setRuleId(version == 0 ? "" : versions.get(version - 1).ruleId(outcome.movementRule[m]))
                    .setProgrammeVersion(version)
                    .setLastDay(lastDay(outcome.movementLot[m])));
        }
    }
}
