package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalGenerationsContractTest;

class FileJournalGenerationsTest extends JournalGenerationsContractTest {
    FileJournalGenerationsTest() {
        super(new TestedFileJournal());
    }
}
