package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalBoundaryDamageContractTest;

class ChronicleJournalBoundaryDamageTest extends JournalBoundaryDamageContractTest {
    ChronicleJournalBoundaryDamageTest() {
        super(new TestedChronicleJournal());
    }
}
