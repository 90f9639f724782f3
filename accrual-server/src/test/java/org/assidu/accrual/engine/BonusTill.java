package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.programme.Programme;

/**
 * Plays tables of receipts against a programme with bonuses: {@code receipt | what each rule moved}, such as {@code base 10
 * + double 10}, then {@code ; 1:-2.00 by wine-price} for member prices and {@code ; +2 limited double} for what a limit kept
 * back. Returns are {@code - base 10}; money is {@code cash 0.50 cagnotte}; nothing at all is {@code nothing}.
 */
final class BonusTill {
    final RecordingEngine till;

    /** Receipts of the tables may be sold any day of the two months around it. */
    static final long NOW = RecordingEngine.NOW + 30 * 86_400_000L;

    BonusTill(String programme) {
        till = new RecordingEngine(TestProgrammes.published("accepted_window: {past_days: 400}\n" + programme));
    }

    /** A programme of one point a euro. */
    static BonusTill euro(String more) {
        return new BonusTill("earning: {points: 1}\n" + more);
    }

    BonusTill play(String table) {
        table.lines().filter(row -> !row.isBlank()).forEach(row -> {
            String[] cells = row.split("\\|");
            OutcomeColumns out = submit(cells[0]);
            assertThat(gave(out)).as(cells[0].trim()).isEqualTo(cells[1].trim().replaceAll("\\s+", " "));
            assertSharesAddUp(out);
        });
        assertThat(till.replayed().stateHash()).as("state hash of a replay").isEqualTo(till.engine.stateHash());
        return this;
    }

    OutcomeColumns submit(String receipt) {
        return till.submit(ReceiptText.receipt(receipt), NOW);
    }

    String gave(OutcomeColumns out) {
        if (out.status.refused()) {
            return out.status.name();
        }
        List<String> parts = new ArrayList<>();
        for (int m = 0; m < out.movements; m++) {
            String rule =
                    till.engine.programmes().get(out.movementVersion[m] - 1).ruleId(out.movementRule[m]);
            boolean back = out.movementKind[m] == MovementKind.REVERSED;
            String kind = back || out.movementKind[m] == MovementKind.EARNED ? "" : out.movementKind[m] + " ";
            long micro = back ? -out.movementMicro[m] : out.movementMicro[m];
            String amount = out.movementPurse[m] == 0
                    ? Points.format(micro)
                    : new BigDecimal(Points.format(micro))
                                    .movePointLeft(2)
                                    .stripTrailingZeros()
                                    .toPlainString() + " " + till.engine.purseId(out.movementPurse[m]);
            parts.add((back ? "- " : parts.isEmpty() ? "" : "+ ") + kind + rule + " " + amount);
        }
        if (parts.isEmpty()) {
            parts.add("nothing");
        }
        for (int p = 0; p < out.prices; p++) {
            parts.add("; " + (out.priceLine[p] + 1) + ":-"
                    + BigDecimal.valueOf(out.priceMinor[p], 2).toPlainString() + " by "
                    + programme(out).ruleId(out.priceRule[p]));
        }
        for (int e = 0; e < out.events; e++) {
            switch (out.eventKind[e]) {
                case AWARD_LIMITED ->
                    parts.add("; " + Points.format(out.eventValue[e]) + " over the limit of "
                            + programme(out).ruleId(out.eventRule[e]));
                case TAGGED -> parts.add("; tagged");
                case BUDGET_NEARLY_USED -> parts.add("; budget nearly used");
                default -> {}
            }
        }
        return String.join(" ", parts);
    }

    private Programme programme(OutcomeColumns out) {
        return till.engine.programmes().get(out.programmeVersion - 1);
    }

    /** Base and shares of a line are the line's result, and what each rule moved beside what it gives once. */
    void assertSharesAddUp(OutcomeColumns out) {
        if (out.programmeVersion == 0) {
            return;
        }
        Map<Integer, Long> share = new TreeMap<>();
        for (int s = 0; s < out.shares; s++) {
            share.merge(out.shareLine[s], out.shareMicro[s], Long::sum);
        }
        long rate = switch (programme(out).document().earning().basis()) {
            case AMOUNT ->
                programme(out).document().earning().points().movePointRight(4).longValueExact();
            case ARTICLE ->
                programme(out).document().earning().points().movePointRight(6).longValueExact();
            case VISIT -> 0;
        };
        boolean articles = programme(out).document().earning().basis() == Basis.ARTICLE;
        for (int line = 0; line < out.lines; line++) {
            if (out.lineStatus[line] == LineStatus.EARNED) {
                long base = out.eligible[line] * rate / (articles ? 1000 : 1);
                assertThat(base + share.getOrDefault(line, 0L))
                        .as("line %s", line + 1)
                        .isEqualTo(out.linePointsMicro[line]);
            } else {
                assertThat(share).doesNotContainKey(line);
            }
        }
    }
}
