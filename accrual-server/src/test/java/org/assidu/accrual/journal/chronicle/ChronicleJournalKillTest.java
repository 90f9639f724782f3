package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalKillContractTest;

class ChronicleJournalKillTest extends JournalKillContractTest {
    ChronicleJournalKillTest() {
        super(new TestedChronicleJournal());
    }
}
