package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalContractTest;

class ChronicleJournalTest extends JournalContractTest {
    ChronicleJournalTest() {
        super(new TestedChronicleJournal());
    }
}
