package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.PublishedProgramme;

/**
 * Histories of member 7 as tables, a step a row: {@code day | what happens | movements and events | purse}. Days pass up to
 * the step's, and their sweeps are part of the step. What happens is nothing, a receipt as {@link ReceiptText} has it, sold
 * at noon of the day, {@code adjust -20} or {@code adjust cagnotte 5}, or {@code convert 100}. A movement is {@code EARNED 100
 * ..27-01-31}, with the last day of its lot; the purse is its balance, with {@code pending 40} and its lots, those to be unlocked
 * with {@code ~} and their first day.
 */
final class LotSteps {
    private static final long MEMBER = 7;

    final RecordingEngine recording;
    private int purse;

    LotSteps(PublishedProgramme... published) {
        recording = new RecordingEngine(published);
    }

    /** The purse that the tables show from here on. */
    LotSteps of(String purseId) {
        purse = 0;
        while (!recording.engine.purseId(purse).equals(purseId)) {
            purse++;
        }
        return this;
    }

    LotSteps play(String table) {
        table.lines().filter(row -> !row.isBlank() && !row.startsWith("#")).forEach(row -> {
            String[] cells = row.split("\\|", -1);
            LocalDate day = LocalDate.parse(cells[0].trim());
            List<OutcomeColumns> outcomes = new ArrayList<>();
            recording.settlements.clear();
            recording.day(day);
            outcomes.addAll(recording.settlements);
            OutcomeColumns out = step(cells[1].trim(), day);
            if (out != null) {
                outcomes.add(out);
            }
            assertThat(told(outcomes) + " | " + purse())
                    .as("%s: %s", cells[0].trim(), cells[1].trim())
                    .isEqualTo(plain(cells[2]) + " | " + plain(cells[3]));
        });
        assertThat(recording.replayed().stateHash())
                .as("state hash of a replay")
                .isEqualTo(recording.engine.stateHash());
        return this;
    }

    private static String plain(String cell) {
        return cell.trim().replaceAll("\\s+", " ");
    }

    private OutcomeColumns step(String text, LocalDate day) {
        if (text.isEmpty()) {
            return null;
        }
        long noon = RecordingEngine.noon(day);
        if (text.startsWith("adjust ") || text.startsWith("convert ")) {
            String[] words = text.split("\\s+");
            OutcomeColumns out = new OutcomeColumns();
            long micro =
                    new BigDecimal(words[words.length - 1]).movePointRight(6).longValueExact();
            String subject = words.length == 3 ? words[1] : words[0].equals("convert") ? "cagnotte" : "points";
            OperationKind kind = words[0].equals("convert") ? OperationKind.CONVERT : OperationKind.ADJUST;
            Operation operation =
                    new Operation(kind, MEMBER, 0, subject, "", micro, noon, "anna", "test", List.of("boris"));
            if (!recording.operate(operation, out, noon).journalled()) {
                out.reset(out.status, 0);
            }
            return out;
        }
        String sold = text.contains("@") ? "" : " @" + day + "T12:00Z";
        return recording.submit(ReceiptText.receipt(text + sold), noon);
    }

    private String told(List<OutcomeColumns> outcomes) {
        List<String> told = new ArrayList<>();
        for (OutcomeColumns out : outcomes) {
            for (int m = 0; m < out.movements; m++) {
                if (out.movementMember[m] == MEMBER && out.movementPurse[m] == purse) {
                    long micro = out.movementMicro[m];
                    boolean natural = micro > 0 == raises(out.movementKind[m]);
                    told.add(out.movementKind[m] + " "
                            + Points.format(
                                    natural ? Math.abs(micro) : raises(out.movementKind[m]) ? micro : -Math.abs(micro))
                            + lot(out.movementLot[m]));
                }
            }
            for (int e = 0; e < out.events; e++) {
                if (out.eventPurse[e] == purse) {
                    told.add(out.eventKind[e] + " " + Points.format(out.eventValue[e]) + " " + day(out.eventDay[e]));
                }
            }
        }
        return String.join(", ", told);
    }

    /** Kinds that are written without sign when they credit; the others when they debit. */
    private static boolean raises(MovementKind kind) {
        return switch (kind) {
            case SPENT, EXPIRED, REVERSED -> false;
            default -> true;
        };
    }

    private static String lot(long lot) {
        return lot == LotKey.NONE
                ? ""
                : (LotKey.expiryDay(lot) == LotKey.NEVER ? " .." : " .." + day(LotKey.expiryDay(lot)))
                        + (LotKey.unlockDay(lot) == 0 ? "" : "~" + day(LotKey.unlockDay(lot)));
    }

    private static String day(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString().substring(2);
    }

    private String purse() {
        MemberView view = recording.engine.member(MEMBER);
        if (view == null) {
            return "";
        }
        MemberView.PurseView held = view.purses().get(purse);
        StringBuilder text = new StringBuilder(Points.format(held.balanceMicro()));
        if (held.debtMicro() != 0) {
            text.append(" debt ").append(Points.format(held.debtMicro()));
        }
        if (held.pendingMicro() != 0) {
            text.append(" pending ").append(Points.format(held.pendingMicro()));
        }
        for (MemberView.Lot lot : held.lots()) {
            text.append(text.indexOf(":") < 0 ? ": " : ", ").append(Points.format(lot.micro()));
            text.append(lot.expiryDay() == LotKey.NEVER ? " .." : " .." + day(lot.expiryDay()));
            text.append(lot.unlockDay() == 0 ? "" : "~" + day(lot.unlockDay()));
        }
        return text.toString();
    }
}
