package org.assidu.accrual.agreement;

import java.util.Map;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.reference.Receipt;

/** One thing that happens, at a time of the journal. */
sealed interface Step {
    long nowMillis();

    record Submit(long nowMillis, Receipt receipt) implements Step {}

    record Operate(long nowMillis, Operation operation) implements Step {}

    record Enrol(long nowMillis, long member) implements Step {}

    record Publish(long nowMillis, ProgrammeDraft draft) implements Step {}

    record Banners(long nowMillis, Map<String, String> banners) implements Step {}

    /** Time passes. */
    record Pass(long nowMillis) implements Step {}
}
