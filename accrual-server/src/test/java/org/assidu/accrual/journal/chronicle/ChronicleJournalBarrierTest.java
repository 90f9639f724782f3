package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalBarrierContractTest;

class ChronicleJournalBarrierTest extends JournalBarrierContractTest {
    ChronicleJournalBarrierTest() {
        super(new TestedChronicleJournal());
    }
}
