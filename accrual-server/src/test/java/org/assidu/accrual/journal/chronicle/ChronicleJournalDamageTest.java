package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalDamageContractTest;

class ChronicleJournalDamageTest extends JournalDamageContractTest {
    ChronicleJournalDamageTest() {
        super(new TestedChronicleJournal());
    }
}
