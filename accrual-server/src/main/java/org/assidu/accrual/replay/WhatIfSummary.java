package org.assidu.accrual.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.replay.WhatIfReport.Change;
import org.assidu.accrual.replay.WhatIfReport.GiverChange;
import org.assidu.accrual.replay.WhatIfReport.MoneyChange;
import org.assidu.accrual.replay.WhatIfReport.PurseChange;
import org.assidu.accrual.replay.WhatIfReport.Redemptions;
import org.assidu.accrual.replay.WhatIfReport.Refused;
import org.assidu.accrual.replay.WhatIfReport.RewardChange;
import org.assidu.accrual.replay.WhatIfReport.Stretch;
import org.assidu.accrual.replay.WorldFigures.Giver;
import org.jspecify.annotations.Nullable;

/** Puts the figures of two worlds side by side. */
record WhatIfSummary(
        WhatIfQuestion question,
        JournalSurvey survey,
        @Nullable Replacement replacement,
        AccrualEngine history,
        WorldFigures before,
        AlternativeWorld alternative,
        MemberComparison members,
        ReceiptFacts receipts) {
    private static final long MILLIONTHS = 1_000_000;

    /** @param upToMillis time up to which records are about */
    WhatIfReport report(long upToMillis) {
        List<PurseChange> purses = purses();
        List<RewardChange> rewards = members.rewards.changes(before.reached(), alternative.figures.reached());
        ProgrammeDocument newest = newest(history);
        Worth worthBefore = Worth.of(newest, question.pointValue(), receipts.average.minor());
        Worth worthAfter = Worth.of(newest(alternative.engine), question.pointValue(), receipts.average.minor());
        long hashBefore = history.stateHash();
        long hashAfter = alternative.engine.stateHash();
        return new WhatIfReport(
                stretch(upToMillis, newest),
                replacement == null,
                hashBefore == hashAfter,
                hash(hashBefore),
                hash(hashAfter),
                purses,
                cost(purses, rewards, worthBefore, worthAfter),
                liability(purses, rewards, worthBefore, worthAfter),
                worthBefore,
                worthAfter,
                rewards,
                givers(before.byRule(), alternative.figures.byRule()),
                givers(before.byStore(), alternative.figures.byStore()),
                members.byStore(),
                members.byTier(),
                members.all(),
                redemptions());
    }

    private static String hash(long hash) {
        return String.format(Locale.ROOT, "%016x", hash);
    }

    private static ProgrammeDocument newest(AccrualEngine engine) {
        List<Programme> versions = engine.programmes();
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("the journal holds no programme up to the day asked about");
        }
        return versions.get(versions.size() - 1).document();
    }

    private Stretch stretch(long upToMillis, ProgrammeDocument newest) {
        List<String> published = history.programmes().stream()
                .map(version -> version.id() + " version " + version.version())
                .toList();
        String other = replacement == null ? "@history" : replacement.document().id();
        return new Stretch(
                question.from(),
                question.to(),
                survey.zone(),
                upToMillis,
                newest.currency(),
                Math.max(0, ProgrammeCompiler.minorDigits(newest.currency())),
                published,
                other,
                survey.last(),
                receipts.receipts,
                receipts.otherwise,
                alternative.receiptsRefused());
    }

    private List<PurseChange> purses() {
        List<PurseChange> purses = new ArrayList<>();
        for (String id : MemberComparison.purseIds(history, alternative.engine)) {
            purses.add(new PurseChange(
                    id,
                    isMoney(id),
                    new Change(before.givenMicro(id), alternative.figures.givenMicro(id)),
                    change(id, MovementKind.SPENT, MovementKind.RESTORED),
                    change(id, MovementKind.EXPIRED),
                    change(id, MovementKind.ADJUSTED, MovementKind.MIGRATED, MovementKind.TRANSFERRED),
                    change(id, MovementKind.FORGIVEN),
                    new Change(outstanding(history, id), outstanding(alternative.engine, id)),
                    new Change(members.belowZeroBefore(id), members.belowZeroAfter(id))));
        }
        return purses;
    }

    private Change change(String purse, MovementKind... kinds) {
        long was = 0;
        long would = 0;
        for (MovementKind kind : kinds) {
            was += before.ofKind(purse, kind);
            would += alternative.figures.ofKind(purse, kind);
        }
        return new Change(was, would);
    }

    private static long outstanding(AccrualEngine engine, String purse) {
        int slot = MemberComparison.slot(engine, purse);
        return slot < 0 ? 0 : engine.totals().outstandingMicro(slot);
    }

    /** Every purse but the points purse holds money. */
    private boolean isMoney(String purse) {
        return !purse.equals(history.purseId(0));
    }

    private List<MoneyChange> cost(
            List<PurseChange> purses,
            List<RewardChange> rewards,
            @Nullable Worth worthBefore,
            @Nullable Worth worthAfter) {
        List<MoneyChange> rows = new ArrayList<>();
        for (PurseChange purse : purses) {
            rows.add(money(purse, purse.given(), worthBefore, worthAfter));
        }
        addRewards(rows, rewards.stream().map(RewardChange::reachedMinor).toList());
        rows.add(new MoneyChange("member_prices", new Change(before.pricesMinor(), alternative.figures.pricesMinor())));
        return withTotal(rows);
    }

    private static List<MoneyChange> liability(
            List<PurseChange> purses,
            List<RewardChange> rewards,
            @Nullable Worth worthBefore,
            @Nullable Worth worthAfter) {
        List<MoneyChange> rows = new ArrayList<>();
        for (PurseChange purse : purses) {
            rows.add(money(purse, purse.outstanding(), worthBefore, worthAfter));
        }
        addRewards(rows, rewards.stream().map(RewardChange::openMinor).toList());
        return withTotal(rows);
    }

    private static void addRewards(List<MoneyChange> rows, List<Change> minor) {
        Change sum = new Change(
                minor.stream().mapToLong(Change::before).sum(),
                minor.stream().mapToLong(Change::after).sum());
        if (sum.before() != 0 || sum.after() != 0) {
            rows.add(new MoneyChange("rewards", sum));
        }
    }

    private static MoneyChange money(
            PurseChange purse, Change micro, @Nullable Worth worthBefore, @Nullable Worth worthAfter) {
        if (purse.money()) {
            return new MoneyChange(purse.purseId(), new Change(minor(micro.before()), minor(micro.after())));
        }
        return new MoneyChange(
                "points",
                worthBefore == null || worthAfter == null
                        ? null
                        : new Change(worthBefore.minorOf(micro.before()), worthAfter.minorOf(micro.after())));
    }

    /** Millionths in whole minor units, half up. */
    private static long minor(long micro) {
        return Math.floorDiv(micro + MILLIONTHS / 2, MILLIONTHS);
    }

    private static List<MoneyChange> withTotal(List<MoneyChange> rows) {
        long was = 0;
        long would = 0;
        boolean known = true;
        for (MoneyChange row : rows) {
            Change minor = row.minor();
            known &= minor != null;
            was += minor == null ? 0 : minor.before();
            would += minor == null ? 0 : minor.after();
        }
        rows.add(new MoneyChange("total", known ? new Change(was, would) : null));
        return rows;
    }

    private List<GiverChange> givers(Map<Giver, long[]> was, Map<Giver, long[]> would) {
        TreeSet<Giver> all = new TreeSet<>(was.keySet());
        all.addAll(would.keySet());
        long[] none = new long[1];
        return all.stream()
                .map(giver -> new GiverChange(
                        giver.name(),
                        giver.purseId(),
                        isMoney(giver.purseId()),
                        new Change(was.getOrDefault(giver, none)[0], would.getOrDefault(giver, none)[0])))
                .sorted(Comparator.comparingLong(
                        (GiverChange giver) -> -Math.abs(giver.given().difference())))
                .toList();
    }

    private Redemptions redemptions() {
        List<Refused> refused = new ArrayList<>();
        alternative
                .refusals()
                .forEach((refusal, count) -> refused.add(new Refused(
                        refusal.kind(), refusal.status(), Treatment.of(refusal.kind()) == Treatment.FACT, count[0])));
        return new Redemptions(
                receipts.withRewards,
                receipts.discountMinor,
                new Change(before.unfundedReceipts(), alternative.figures.unfundedReceipts()),
                alternative.unfundedRewards(),
                new Change(minor(before.shopCostMicro()), minor(alternative.figures.shopCostMicro())),
                refused);
    }
}
