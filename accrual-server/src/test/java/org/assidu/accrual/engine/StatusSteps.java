package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.programme.Programme;

/**
 * Histories of member 7's level and clubs as tables, a step a row: {@code day | what happens | what it moved and told | status}.
 * Days pass up to the step's, and their sweeps are part of the step. What happens is nothing, {@code join wine}, {@code leave wine}, or a
 * receipt as {@link ReceiptText} has it, sold at noon of the day. What it moved is as in {@link BonusTill}; events of levels and clubs follow,
 * such as {@code TIER_REACHED gold 2}; {@code *} is anything. The status is the level with what counts now and the day of its review, then the clubs.
 */
final class StatusSteps {
    private static final long MEMBER = 7;

    final RecordingEngine till;
    private boolean sweeping = true;

    private OperationStatus refusal = OperationStatus.DONE;

    StatusSteps(PublishedProgramme... published) {
        till = new RecordingEngine(published);
    }

    static StatusSteps under(String programme) {
        return new StatusSteps(
                TestProgrammes.published("accepted_window: {past_days: 3650}\nearning: {points: 1}\n" + programme));
    }

    /** Members are settled when something concerns them, and not before. */
    StatusSteps withoutSweeps() {
        sweeping = false;
        till.sweeping = false;
        return this;
    }

    StatusSteps play(String table) {
        table.lines().filter(row -> !row.isBlank() && !row.startsWith("#")).forEach(row -> {
            String[] cells = row.split("\\|", -1);
            LocalDate day = LocalDate.parse(cells[0].trim());
            till.settlements.clear();
            if (sweeping) {
                till.day(day);
            } else {
                till.tickUntil(day);
            }
            List<OutcomeColumns> outcomes = new ArrayList<>(till.settlements);
            if (!cells[1].isBlank()) {
                outcomes.add(step(cells[1].trim(), day));
            }
            String told = plain(cells[2]);
            assertThat((told.equals("*") ? told : told(outcomes)) + " | " + status(day))
                    .as("%s: %s", cells[0].trim(), cells[1].trim())
                    .isEqualTo(told + " | " + plain(cells[3]));
        });
        assertThat(till.replayed().stateHash()).as("state hash of a replay").isEqualTo(till.engine.stateHash());
        return this;
    }

    private static String plain(String cell) {
        return cell.trim().replaceAll("\\s+", " ");
    }

    private OutcomeColumns step(String text, LocalDate day) {
        if (text.matches("(join|leave) .*")) {
            String[] words = text.split(" ");
            OutcomeColumns out = new OutcomeColumns();
            OperationKind kind = OperationKind.valueOf(words[0].toUpperCase(Locale.ROOT) + "_CLUB");
            refusal = till.operate(
                    new Operation(kind, MEMBER, 0, words[1], "", 0, RecordingEngine.noon(day), "anna", "", List.of()),
                    out,
                    RecordingEngine.noon(day));
            return out;
        }
        String sold = text.contains("@") ? "" : " @" + day + "T12:00Z";
        return till.submit(ReceiptText.receipt(text + sold), RecordingEngine.noon(day));
    }

    private String told(List<OutcomeColumns> outcomes) {
        List<String> told = new ArrayList<>();
        if (refusal != OperationStatus.DONE) {
            told.add(refusal.name());
            refusal = OperationStatus.DONE;
            return told.get(0);
        }
        for (OutcomeColumns out : outcomes) {
            for (int m = 0; m < out.movements; m++) {
                if (out.movementMember[m] == MEMBER) {
                    boolean back = out.movementKind[m] == MovementKind.REVERSED;
                    long micro = back ? -out.movementMicro[m] : out.movementMicro[m];
                    String rule = programme(out.movementVersion[m]).ruleId(out.movementRule[m]);
                    told.add((back ? "- " : "") + rule + " " + Points.format(micro));
                }
            }
            for (int p = 0; p < out.prices; p++) {
                told.add((out.priceLine[p] + 1) + ":-"
                        + BigDecimal.valueOf(out.priceMinor[p], 2).toPlainString() + " by "
                        + programme(out.programmeVersion).ruleId(out.priceRule[p]));
            }
            for (int e = 0; e < out.events; e++) {
                if (out.eventMember[e] == MEMBER && isStatus(out.eventKind[e])) {
                    String rule = programme(out.programmeVersion).ruleId(out.eventRule[e]);
                    told.add(out.eventKind[e] + " " + rule + " " + value(out.eventKind[e], out.eventValue[e]));
                }
            }
        }
        return String.join(", ", told);
    }

    private static boolean isStatus(EventKind kind) {
        return kind.name().startsWith("TIER") || kind.name().startsWith("CLUB");
    }

    private static String value(EventKind kind, long value) {
        return switch (kind) {
            case TIER_REACHED, TIER_LOST, CLUB_REFUSED -> Long.toString(value);
            default -> day((int) value);
        };
    }

    private Programme programme(int version) {
        return till.engine.programmes().get(version - 1);
    }

    private static String day(int epochDay) {
        return epochDay == LotKey.NEVER
                ? "for ever"
                : LocalDate.ofEpochDay(epochDay).toString().substring(2);
    }

    private String status(LocalDate day) {
        MemberStatus status = till.engine.status(MEMBER, RecordingEngine.noon(day));
        List<String> parts = new ArrayList<>();
        MemberStatus.TierStatus tier = status.tier();
        if (tier != null) {
            String units = tier.measure() == TierMeasure.SPEND
                    ? BigDecimal.valueOf(tier.units(), 2).stripTrailingZeros().toPlainString()
                    : Points.format(tier.units());
            parts.add((tier.tierId().isEmpty() ? "none" : tier.tierId()) + " " + units
                    + (tier.reviewDay() == 0 ? "" : " until " + day(tier.reviewDay())));
        }
        status.clubs()
                .forEach(club ->
                        parts.add(club.clubId() + " since " + day(club.sinceDay()) + " to " + day(club.lastDay())));
        return String.join(", ", parts);
    }
}
