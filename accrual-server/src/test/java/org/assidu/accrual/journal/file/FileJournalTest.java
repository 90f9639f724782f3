package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalContractTest;

class FileJournalTest extends JournalContractTest {
    FileJournalTest() {
        super(new TestedFileJournal());
    }
}
