package org.assidu.accrual.simulation;

import java.util.List;

/** The table. The last two were real: the simulator found them. */
final class KnownBugs {
    static final List<KnownBug> ALL = List.of(
            new KnownBug(
                    "ack-before-force", "journal/LiveGeneration.java", """
                    target > forced) {
                                    files.force();
                    """, """
                    target > forced) {
                                    if (target < 0) files.force();
                    """, true, "told what reflects position="),
            new KnownBug(
                    "answer-without-looking",
                    "pipeline/AnswersAgent.java",
                    "            if (slot.position > durable) {\n                break;",
                    "            if (slot.position < 0) {\n                break;",
                    false,
                    "told what reflects position="),
            new KnownBug(
                    "failed-force-tried-again",
                    "journal/LiveGeneration.java",
                    "throw failure.fail(\"the force up to position=\" + target, e);",
                    "return forced;",
                    true,
                    "told what reflects position="),
            new KnownBug("promise-before-force", "journal/LiveGeneration.java", """
                                    files.force();
                                    forced = target;
                    """, """
                                    forced = target;
                                    slots.write(target, forced);
                                    files.force();
                    """, true, "damaged"),
            new KnownBug(
                    "torn-tail-accepted",
                    "journal/GenerationScan.java",
                    "? frame.problem(buffer, at, length, number, position, chainHead)",
                    "? frame.headerProblem(buffer, at, length, number)",
                    true,
                    ""),
            new KnownBug(
                    "append-after-a-hole",
                    "journal/file/PlainWriter.java",
                    "end += Integer.BYTES + length;",
                    "end += Integer.BYTES + length + (length > 2000 ? Long.BYTES : 0);",
                    true,
                    ""),
            new KnownBug(
                    "generation-left-open",
                    "journal/LiveGenerations.java",
                    "            full.close();\n",
                    "",
                    true,
                    "the seal is missing"),
            new KnownBug(
                    "numbers-forgotten-after-restart",
                    "replay/EngineReplay.java",
                    "engine.applyReceipt(receipt, outcome, position, timeMillis",
                    "receipt.number += 1_000_000; engine.applyReceipt(receipt, outcome, position, timeMillis",
                    false,
                    "after a replay is"),
            new KnownBug(
                    "repeats-of-one-line-accrue-again",
                    "engine/AccrualEngine.java",
                    "if (ledger.isClosed(till, receipt.number)) {",
                    "if (ledger.isClosed(till, receipt.number) && receipt.lines > 1) {",
                    false,
                    "double credit: receipt"),
            new KnownBug(
                    "originals-forgotten-after-restart",
                    "pipeline/Recovery.java",
                    "index.put(engine.identityHash(receipt, RecordedReceipts.ITSELF), recordPosition);",
                    "",
                    false,
                    "receipt"),
            new KnownBug(
                    "promo-code-key-not-kept",
                    "engine/Operations.java",
                    "if (!operation.idempotencyKey().isEmpty()) {\n            long key",
                    "if (!operation.idempotencyKey().isEmpty() && operation.amount() > 0) {\n            long key",
                    false,
                    "double credit: operation"),
            new KnownBug(
                    "settled-twice",
                    "engine/AccrualEngine.java",
                    "        operations.apply(operation, outcome, position);",
                    "        if (operation.amount() == settlement.day()) {\n"
                            + "            effects.apply(outcome, timeMillis);\n"
                            + "        }\n"
                            + "        operations.apply(operation, outcome, position);",
                    false,
                    "do not conserve"),
            new KnownBug(
                    "lot-lost-on-expiry",
                    "engine/MemberLots.java",
                    "        lots.move(lot, kind, micro);\n",
                    "        lots.move(lot, kind, micro);\n"
                            + "        if (kind == MovementKind.EXPIRED && lots.live() > 0) {\n"
                            + "            lots.move(lots.keys[0], MovementKind.SPENT, -lots.micro[0]);\n"
                            + "        }\n",
                    false,
                    "add up to"),
            new KnownBug(
                    "budget-checked-before-not-after",
                    "engine/Allowances.java",
                    "least = Math.min(least, rule.budget() - draft.counter(Draft.PROGRAMME, slots.budget[i]));",
                    "least = draft.counter(Draft.PROGRAMME, slots.budget[i]) >= rule.budget() ? 0 : least;",
                    false,
                    "budget"),
            new KnownBug(
                    "last-article-sold-twice",
                    "engine/Shop.java",
                    "slots.slot(ShopSlots.stock(reward.id()))) < units) {",
                    "slots.slot(ShopSlots.stock(reward.id()))) < units - 1) {",
                    false,
                    "stock of mug overshot"),
            new KnownBug(
                    "cancelled-reservation-keeps-the-points",
                    "engine/Shop.java",
                    "for (int m = 0; m < held.movements; m++) {",
                    "for (int m = 1; m < held.movements; m++) {",
                    false,
                    "gives back"),
            new KnownBug(
                    "more-returned-than-sold",
                    "engine/LinkedReturns.java",
                    "if (returnedNow > quantity) {",
                    "if (returnedNow > quantity + 2000) {",
                    false,
                    "came back"),
            new KnownBug(
                    "member-key-before-its-directory",
                    "pipeline/LookupAgent.java",
                    "            directory.force();\n",
                    "",
                    false,
                    "while the directory holds unforced members"),
            new KnownBug(
                    "journal-time-follows-the-wall-clock",
                    "pipeline/AccrualStage.java",
                    "journalMillis = Math.max(journalMillis, clock.getAsLong());",
                    "journalMillis = clock.getAsLong();",
                    false,
                    "journal time goes back"),
            new KnownBug(
                    "day-begun-later-than-its-sale",
                    "pipeline/AccrualStage.java",
                    "operation, timeOutcome, journalMillis)",
                    "operation, timeOutcome, now())",
                    true,
                    "journal time goes back"),
            new KnownBug(
                    "old-slots-believed-in-a-new-boot",
                    "journal/JournalStart.java",
                    "firstOfBoot ? tail.position() : Math.max(promised, tail.forced())",
                    "Math.max(promised, tail.forced())",
                    true,
                    "was told"));

    private KnownBugs() {}
}
