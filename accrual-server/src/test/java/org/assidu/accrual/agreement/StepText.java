package org.assidu.accrual.agreement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.StringJoiner;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.reference.Receipt;

/** Steps as people read them. */
final class StepText {
    private StepText() {}

    static String of(Step step) {
        String text = Instant.ofEpochMilli(step.nowMillis()) + " ";
        if (step instanceof Step.Submit submit) {
            return text + of(submit.receipt());
        } else if (step instanceof Step.Operate operate) {
            return text + of(operate.operation());
        } else if (step instanceof Step.Publish) {
            return text + "publish";
        }
        return text + step;
    }

    private static String of(Operation operation) {
        return operation.kind() + " m" + operation.memberKey() + " subject=" + operation.subject() + " key="
                + operation.idempotencyKey() + " amount=" + operation.amount() + " at="
                + Instant.ofEpochMilli(operation.atMillis()) + " by=" + operation.author() + " "
                + operation.details();
    }

    static String of(Receipt receipt) {
        StringJoiner text = new StringJoiner(" ");
        text.add(receipt.phase() + (receipt.chunk() == 0 ? "" : ":" + receipt.chunk()));
        text.add(receipt.identity().store() + "/" + receipt.identity().till() + "#"
                + receipt.identity().number());
        text.add(receipt.fact() + (receipt.memberKey() == 0 ? "" : " m" + receipt.memberKey()));
        text.add("sold " + Instant.ofEpochMilli(receipt.soldAtMillis()));
        if (receipt.businessDate() != null) {
            text.add("date " + receipt.businessDate());
        }
        text.add(receipt.channel() + " " + receipt.currency() + (receipt.historical() ? " historical" : ""));
        receipt.lines().forEach(line -> text.add(of(line)));
        receipt.tenders().forEach(tender -> text.add("pays " + tender.kind() + ":" + tender.minor()));
        receipt.uses()
                .forEach(use -> text.add("uses " + use.reward() + "*" + use.count()
                        + (use.discountMinor() == 0 ? "" : " for " + use.discountMinor())));
        return text.toString();
    }

    private static String of(Receipt.Line line) {
        Receipt.Original original = line.original();
        return "["
                + BigDecimal.valueOf(line.thousandths(), 3).stripTrailingZeros().toPlainString() + "x "
                + BigDecimal.valueOf(line.amountMinor(), 2) + " /" + line.category() + " !" + line.sku() + " ~"
                + line.brand() + (line.vatHundredths() == 0 ? "" : " %" + line.vatHundredths())
                + (line.promoted() ? " promoted" : "") + (line.weighed() ? " weighed" : "")
                + (line.giftCard() ? " gift card" : "")
                + (original == null
                        ? ""
                        : " <" + original.identity().till() + "#"
                                + original.identity().number() + ":" + original.line())
                + "]";
    }
}
