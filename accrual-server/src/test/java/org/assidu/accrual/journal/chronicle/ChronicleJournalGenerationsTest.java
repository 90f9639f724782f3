package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalGenerationsContractTest;

class ChronicleJournalGenerationsTest extends JournalGenerationsContractTest {
    ChronicleJournalGenerationsTest() {
        super(new TestedChronicleJournal());
    }
}
