package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.replay.EngineState;
import org.assidu.accrual.replay.RecordListener;
import org.assidu.accrual.replay.WhatIf;
import org.assidu.accrual.replay.WhatIfQuestion;
import org.assidu.accrual.replay.WhatIfReport;
import org.junit.jupiter.api.Test;

/** What holds for any history: no change of rules changes nothing, and what is doubled is given twice. */
final class WhatIfLawTest {
    private static final int HISTORIES = Integer.getInteger("histories", 120);
    private static final int STEPS = 150;

    private static long seed() {
        long seed = Long.getLong("seed", 20261122L);
        System.out.println("seed " + seed);
        return seed;
    }

    private static final WhatIf.Progress SILENT = new WhatIf.Progress() {
        @Override
        public void surveyed(long position) {}

        @Override
        public void decided(long position, long records) {}
    };

    private static WhatIfReport ask(RandomTill shop, String programme) {
        return WhatIf.answer(new WhatIfQuestion(programme, null, null, null), shop.till::reader, SILENT);
    }

    @Test
    void thePublishedRulesChangeNothingAndEndInTheSameState() {
        SplittableRandom seeds = new SplittableRandom(seed());
        Set<OperationKind> met = EnumSet.noneOf(OperationKind.class);
        for (int history = 0; history < HISTORIES; history++) {
            long seed = seeds.nextLong();
            SplittableRandom random = new SplittableRandom(seed);
            RandomTill shop = RandomTill.of(random, STEPS);
            if (history % 3 == 0) {
                shop.till.publish(RandomTill.withPoints(shop.programme, "3") + "name: {en: Other, fr: Autre}\n");
                shop.till.sell("#99999 m1 10.00");
            }
            boolean settled = random.nextBoolean();
            if (settled) {
                shop.till.tick(Integer.MAX_VALUE);
            }
            WhatIfReport report = ask(shop, null);
            met.addAll(kinds(shop.till));

            assertThat(report.hashAfter()).as("history of seed %s", seed).isEqualTo(report.hashBefore());
            assertThat(report.sameState()).isTrue();
            assertThat(report.nothingChanged()).as("%s", report).isTrue();
            assertThat(report.redemptions().refused()).isEmpty();
            assertThat(report.purses())
                    .allSatisfy(purse -> assertThat(purse.given().difference()
                                    + purse.spent().difference()
                                    + purse.expired().difference())
                            .isZero());
            if (settled) {
                assertThat(report.hashBefore()).isEqualTo(String.format("%016x", shop.till.engine.stateHash()));
            }
        }
        assertThat(met)
                .contains(
                        OperationKind.TICK,
                        OperationKind.SETTLE,
                        OperationKind.ADJUST,
                        OperationKind.PROPOSE_ADJUSTMENT,
                        OperationKind.APPROVE_ADJUSTMENT,
                        OperationKind.REJECT_ADJUSTMENT,
                        OperationKind.CONVERT,
                        OperationKind.JOIN_CLUB,
                        OperationKind.ACT,
                        OperationKind.REFER,
                        OperationKind.TAG,
                        OperationKind.UNTAG,
                        OperationKind.LEAVE_CLUB,
                        OperationKind.RESERVE,
                        OperationKind.COMMIT,
                        OperationKind.CANCEL,
                        OperationKind.END_RESERVATION,
                        OperationKind.USE_PROMO_CODE);
    }

    private static Set<OperationKind> kinds(JournalTill till) {
        Set<OperationKind> kinds = EnumSet.noneOf(OperationKind.class);
        EngineState.at(till.reader(), Long.MAX_VALUE, new RecordListener() {
            @Override
            public void operation(
                    Operation operation, OutcomeColumns outcome, RecordContext context, long position, long time) {
                kinds.add(operation.kind());
            }
        });
        return kinds;
    }

    @Test
    void theSameProgrammeAskedForByItsTextGivesTheSame() {
        SplittableRandom seeds = new SplittableRandom(seed());
        for (int history = 0; history < HISTORIES / 4; history++) {
            long seed = seeds.nextLong();
            RandomTill shop = RandomTill.of(new SplittableRandom(seed), STEPS);
            WhatIfReport report =
                    ask(shop, TestProgrammes.published(shop.programme).sourceText());
            assertThat(report.nothingChanged()).as("history of seed %s", seed).isTrue();
            assertThat(report.sameState()).isTrue();
        }
    }

    /** Linear rules: base under CARRY, no threshold that a used reward debits, no bonus with a limit. */
    @Test
    void aDoubledRateGivesTwiceThePoints() {
        SplittableRandom seeds = new SplittableRandom(seed());
        for (int history = 0; history < HISTORIES / 2; history++) {
            long seed = seeds.nextLong();
            SplittableRandom random = new SplittableRandom(seed);
            String programme = "earning: {points: 1}\npurse: {validity: {length: 20, unit: DAYS}, pending_days: 2}\n";
            RandomTill shop = RandomTill.under(random, programme, STEPS);
            WhatIfReport report = ask(
                    shop,
                    TestProgrammes.published(RandomTill.withPoints(shop.programme, "2"))
                            .sourceText());
            // Each return of a part is rounded for itself; acts are worth what they are.
            assertThat(report.rules()).anySatisfy(rule -> {
                assertThat(rule.name()).isEqualTo("base");
                assertThat(rule.given().after())
                        .as("history of seed %s", seed)
                        .isCloseTo(2 * rule.given().before(), within(2L * STEPS));
            });
            assertThat(report.rules())
                    .filteredOn(rule -> !rule.name().equals("base"))
                    .allSatisfy(rule -> assertThat(rule.given().difference()).isZero());
            assertThat(report.purses().get(0).desk().difference())
                    .as("the desk is a fact")
                    .isZero();
        }
    }

    /** Whatever the rules: what the figures say is what the purses of the other world hold. */
    @Test
    void theFiguresOfAnyOtherProgrammeAddUpToItsPurses() {
        SplittableRandom seeds = new SplittableRandom(seed());
        for (int history = 0; history < HISTORIES; history++) {
            long seed = seeds.nextLong();
            SplittableRandom random = new SplittableRandom(seed);
            RandomTill shop = RandomTill.of(random, STEPS);
            WhatIfReport report = ask(
                    shop, TestProgrammes.published(RandomTill.programme(random)).sourceText());
            for (WhatIfReport.PurseChange purse : report.purses()) {
                assertThat(purse.given().after()
                                + purse.spent().after()
                                + purse.expired().after()
                                + purse.desk().after()
                                + purse.forgiven().after())
                        .as("history of seed %s, %s", seed, purse)
                        .isEqualTo(purse.outstanding().after());
                assertThat(purse.given().before()
                                + purse.spent().before()
                                + purse.expired().before()
                                + purse.desk().before()
                                + purse.forgiven().before())
                        .isEqualTo(purse.outstanding().before());
                assertThat(report.members().differenceMicro().get(purse.purseId()))
                        .isEqualTo(purse.outstanding().difference());
            }
            assertThat(report.members().better()
                            + report.members().worse()
                            + report.members().mixed()
                            + report.members().same())
                    .isEqualTo(shop.till.engine.totals().members());
        }
    }
}
