package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.programme.Programme;

/**
 * Histories as tables, a step a row: {@code day | what happens | what comes of it}. Days pass up to the step's, with their sweeps,
 * which are part of the step. What happens is nothing, a receipt as {@link ReceiptText} has it, sold at noon of the day, or
 * {@code join 1}, {@code refer 2 by 1}, {@code merge 1 of 3}, {@code act 1 SURVEY key 9 [code]}, {@code fact 1 birthday 229}, {@code tag 1 vip
 * [2026-05-01]}, {@code untag 1 [vip]}, {@code code 1 gift 7 2026-05-01}: code 7 of 5.00 until that day, {@code redeem 7}, {@code refund 7}, {@code share 1 101} and {@code
 * unshare 1 101} with household 101, {@code claim 1 #7 2026-03-02}, {@code migrate 1 2026-01-14}: joined there on that day. What comes of it are movements, {@code m1 +50 welcome}, and events, {@code m1 DORMANT
 * dormant-30 30}; those that every receipt causes are left out. An operation that is not done says why; {@code *} is anything.
 */
final class ActSteps {
    private static final Set<EventKind> LEFT_OUT = EnumSet.of(EventKind.WELCOME, EventKind.FIRST_PURCHASE);

    final RecordingEngine recording;
    /** Kinds of all events so far. */
    final Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);

    ActSteps(PublishedProgramme... published) {
        recording = new RecordingEngine(published);
    }

    ActSteps play(String table) {
        table.lines().filter(row -> !row.isBlank() && !row.startsWith("#")).forEach(row -> {
            String[] cells = row.split("\\|", -1);
            LocalDate day = LocalDate.parse(cells[0].trim());
            recording.settlements.clear();
            recording.day(day);
            List<String> told = new ArrayList<>();
            recording.settlements.forEach(out -> tell(out, told));
            step(cells[1].trim(), day, told);
            String expected = cells[2].trim().replaceAll("\\s+", " ");
            if (!expected.equals("*")) {
                assertThat(String.join(", ", told))
                        .as("%s: %s", cells[0].trim(), cells[1].trim())
                        .isEqualTo(expected);
            }
        });
        assertThat(recording.replayed().stateHash())
                .as("state hash of a replay")
                .isEqualTo(recording.engine.stateHash());
        return this;
    }

    private void step(String text, LocalDate day, List<String> told) {
        long noon = RecordingEngine.noon(day);
        String[] words = text.split("\\s+");
        if (text.startsWith("join ")) {
            tell(recording.enrol(Long.parseLong(words[1]), noon), told);
        } else if (text.startsWith("#")) {
            String sold = text.contains("@") ? "" : " @" + day + "T12:00Z";
            tell(recording.submit(ReceiptText.receipt(text + sold), noon), told);
        } else if (!text.isEmpty()) {
            OutcomeColumns out = new OutcomeColumns();
            OperationStatus status = recording.operate(operation(words, noon), out, noon);
            if (status == OperationStatus.DONE) {
                tell(out, told);
            } else {
                told.add(status.name());
            }
        }
    }

    private static Operation operation(String[] words, long noon) {
        long member = Long.parseLong(words[1]);
        return switch (words[0]) {
            case "refer" ->
                new Operation(
                        OperationKind.REFER, member, Long.parseLong(words[3]), "", "", 0, noon, "", "", List.of());
            case "merge" ->
                new Operation(
                        OperationKind.MERGE,
                        member,
                        Long.parseLong(words[3]),
                        "",
                        "",
                        0,
                        noon,
                        "anna",
                        "same person",
                        List.of());
            case "act" ->
                new Operation(
                        OperationKind.ACT,
                        member,
                        0,
                        words[2],
                        words[3].equals("-") ? "" : words[3],
                        Long.parseLong(words[4]),
                        noon,
                        "",
                        "",
                        words.length > 5 ? List.of(words[5]) : List.of());
            case "fact" ->
                new Operation(
                        OperationKind.PERSON_FACT,
                        member,
                        0,
                        words[2],
                        "",
                        Long.parseLong(words[3]),
                        noon,
                        "",
                        "",
                        List.of());
            case "tag" ->
                new Operation(
                        OperationKind.TAG,
                        member,
                        0,
                        words[2],
                        "",
                        words.length > 3 ? LocalDate.parse(words[3]).toEpochDay() : 0,
                        noon,
                        "",
                        "",
                        List.of());
            case "untag" ->
                new Operation(
                        OperationKind.UNTAG,
                        member,
                        0,
                        words.length > 2 ? words[2] : "",
                        "",
                        0,
                        noon,
                        "",
                        "",
                        List.of());
            case "share", "unshare" ->
                new Operation(
                        words[0].equals("share") ? OperationKind.JOIN_HOUSEHOLD : OperationKind.LEAVE_HOUSEHOLD,
                        member,
                        Long.parseLong(words[2]),
                        "",
                        "",
                        0,
                        noon,
                        "anna",
                        "family",
                        List.of());
            case "claim" ->
                new Operation(
                        OperationKind.CLAIM,
                        member,
                        0,
                        "",
                        "",
                        0,
                        RecordingEngine.noon(LocalDate.parse(words[3])),
                        "anna",
                        "forgot the card",
                        List.of("Lyon", "1", "0", words[2].substring(1), "0"));
            case "migrate" ->
                new Operation(
                        OperationKind.MIGRATE,
                        member,
                        0,
                        "",
                        "old-" + member,
                        0,
                        RecordingEngine.noon(LocalDate.parse(words[2])),
                        "anna",
                        "",
                        List.of());
            case "code" ->
                new Operation(
                        OperationKind.ISSUE_CODE,
                        member,
                        0,
                        words[2] + "/MULTI_PURPOSE",
                        "issue-" + words[3],
                        500,
                        RecordingEngine.noon(LocalDate.parse(words[4])) + 9 * 3_600_000L,
                        "",
                        "",
                        List.of("%016x".formatted(Long.parseLong(words[3]))));
            case "redeem", "refund" ->
                new Operation(
                        words[0].equals("redeem") ? OperationKind.REDEEM_CODE : OperationKind.REFUND_CODE,
                        0,
                        0,
                        "",
                        words[0] + "-" + noon,
                        500,
                        0,
                        "",
                        "",
                        List.of("%016x".formatted(member)));
            default -> throw new IllegalArgumentException("no such step: " + String.join(" ", words));
        };
    }

    private void tell(OutcomeColumns out, List<String> told) {
        for (int m = 0; m < out.movements; m++) {
            if (out.movementRule[m] != Programme.BASE_RULE) {
                Programme programme = recording.engine.programmes().get(out.movementVersion[m] - 1);
                String sign = out.movementMicro[m] > 0 ? " +" : " ";
                told.add(("m" + out.movementMember[m] + sign + Points.format(out.movementMicro[m]) + " "
                                + programme.ruleId(out.movementRule[m]))
                        .strip());
            }
        }
        for (int e = 0; e < out.events; e++) {
            EventKind kind = out.eventKind[e];
            kinds.add(kind);
            if (LEFT_OUT.contains(kind)) {
                continue;
            }
            String rule = out.eventRule[e] == Programme.NO_RULE
                    ? ""
                    : " "
                            + recording
                                    .engine
                                    .programmes()
                                    .get(out.programmeVersion - 1)
                                    .ruleId(out.eventRule[e]);
            told.add("m" + out.eventMember[e] + " " + kind + rule + " " + value(kind, out.eventValue[e]));
        }
    }

    private static String value(EventKind kind, long value) {
        return kind == EventKind.BIRTHDAY
                        || kind == EventKind.CAMPAIGN
                        || kind == EventKind.REWARD_EXPIRING
                        || (kind == EventKind.TAGGED && value != 0)
                ? LocalDate.ofEpochDay(value).toString()
                : kind == EventKind.REFERRAL_COMPLETED ? Points.format(value) : Long.toString(value);
    }
}
