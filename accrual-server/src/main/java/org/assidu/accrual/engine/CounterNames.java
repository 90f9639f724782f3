package org.assidu.accrual.engine;

import org.assidu.accrual.model.ProgrammeDocument;

/**
 * Names of the counters that a programme version needs beyond those of its purses and threshold rewards, published section
 * by section in document order. The order is part of the journal: append sections at the end, and never reorder them.
 */
final class CounterNames {
    private CounterNames() {}

    static void publish(ProgrammeDocument document, CounterSlots slots) {
        ShopSlots.publish(document, slots);
    }
}
