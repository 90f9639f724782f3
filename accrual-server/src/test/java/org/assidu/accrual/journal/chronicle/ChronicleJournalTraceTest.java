package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalTraceContractTest;

final class ChronicleJournalTraceTest extends JournalTraceContractTest {
    ChronicleJournalTraceTest() {
        super(new TestedChronicleJournal());
    }
}
