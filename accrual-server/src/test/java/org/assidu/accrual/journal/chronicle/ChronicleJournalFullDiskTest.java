package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalFullDiskContractTest;

final class ChronicleJournalFullDiskTest extends JournalFullDiskContractTest {
    ChronicleJournalFullDiskTest() {
        super(new TestedChronicleJournal());
    }
}
