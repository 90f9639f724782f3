package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalPageLossContractTest;

final class ChronicleJournalPageLossTest extends JournalPageLossContractTest {
    ChronicleJournalPageLossTest() {
        super(new TestedChronicleJournal());
    }
}
