package org.assidu.accrual.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.SupposedMember;
import org.assidu.accrual.programme.Programme;

/** Decides one receipt in an engine of its own, which ends with it. */
final class ReceiptSimulation {
    private static final long MEMBER = 1;

    private final AccrualEngine engine = new AccrualEngine();
    private final Programme programme;
    private final OutcomeColumns outcome = new OutcomeColumns();
    /** By rule, then by purse, in order. */
    private final Map<Integer, Map<String, Simulation.RuleEffect>> effects = new TreeMap<>();

    private ReceiptSimulation(PublishedProgramme published, SupposedMember member) {
        ProgrammeDocument document = withoutControlGroups(published.document());
        engine.applyProgramme(
                new PublishedProgramme(
                        1, published.sha256(), published.canonicalText(), published.sourceText(), document),
                1);
        engine.suppose(MEMBER, member, document);
        programme = engine.programmes().get(0);
    }

    static Simulation simulate(PublishedProgramme programme, ReceiptColumns receipt, SupposedMember member) {
        return new ReceiptSimulation(programme, member).decide(receipt);
    }

    /** So that a bonus is seen that would not be made to the member which happens to be supposed. */
    private static ProgrammeDocument withoutControlGroups(ProgrammeDocument document) {
        Mechanics m = document.mechanics();
        List<Bonus> bonuses = m.bonuses().stream()
                .map(bonus -> new Bonus(
                        bonus.id(),
                        bonus.nameEn(),
                        bonus.nameFr(),
                        bonus.when(),
                        bonus.award(),
                        bonus.limits(),
                        bonus.group(),
                        bonus.combine(),
                        bonus.exclusion(),
                        bonus.fundedBy(),
                        BigDecimal.ZERO))
                .toList();
        Mechanics mechanics = new Mechanics(
                m.moneyPurses(),
                bonuses,
                m.acts(),
                m.tiers(),
                m.clubs(),
                m.shop(),
                m.promoCodes(),
                m.guards(),
                m.objectives(),
                m.desk(),
                m.noticeDays(),
                m.lastEarnDay(),
                m.lastBurnDay());
        return new ProgrammeDocument(
                document.id(),
                document.nameEn(),
                document.nameFr(),
                document.effectiveFromMillis(),
                document.timeZone(),
                document.currency(),
                document.numbering(),
                document.acceptedPastDays(),
                document.acceptedAheadMinutes(),
                document.returnWindowDays(),
                document.returnsRestoreRewards(),
                document.openReceiptTimeoutMinutes(),
                document.largestAmountMinor(),
                document.purse(),
                document.earning(),
                document.thresholdRewards(),
                document.cards(),
                mechanics);
    }

    private Simulation decide(ReceiptColumns receipt) {
        ReceiptColumns input = new ReceiptColumns();
        input.copyFrom(receipt);
        input.memberKey = MEMBER;
        input.memberFact = MemberFact.AUTO_ENROLLED;
        engine.decide(input, OriginalReceipts.NONE, input.soldAtMillis, outcome);
        List<MemberAnswer.UsableReward> alerts = new ArrayList<>();
        for (int a = 0; a < outcome.alerts; a++) {
            RewardTerms terms = ProgrammeShelf.terms(programme.thresholdReward(outcome.alertReward[a]));
            alerts.add(new MemberAnswer.UsableReward(terms, outcome.alertCount[a]));
        }
        for (int m = 0; m < outcome.movements; m++) {
            String purse = engine.purseId(outcome.movementPurse[m]);
            boolean money = outcome.movementPurse[m] != 0;
            add(outcome.movementRule[m], purse, money, outcome.movementMicro[m], 0);
        }
        for (int p = 0; p < outcome.prices; p++) {
            add(outcome.priceRule[p], "", false, 0, outcome.priceMinor[p]);
        }
        for (int c = 0; c < outcome.contexts; c++) {
            if (outcome.contextRule[c] >= 0 && !effects.containsKey(outcome.contextRule[c])) {
                add(outcome.contextRule[c], "", false, 0, 0);
            }
        }
        List<Simulation.RuleEffect> all = new ArrayList<>();
        effects.values().forEach(byPurse -> all.addAll(byPurse.values()));
        return new Simulation(outcome, alerts, all);
    }

    private void add(int rule, String purse, boolean money, long micro, long priceMinor) {
        effects.computeIfAbsent(rule, any -> new TreeMap<>())
                .merge(
                        purse,
                        new Simulation.RuleEffect(programme.ruleId(rule), purse, money, micro, priceMinor),
                        (a, b) -> new Simulation.RuleEffect(
                                a.ruleId(), purse, money, a.micro() + b.micro(), a.priceMinor() + b.priceMinor()));
    }
}
