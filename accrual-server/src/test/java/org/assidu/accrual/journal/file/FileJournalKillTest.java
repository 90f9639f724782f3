package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalKillContractTest;

class FileJournalKillTest extends JournalKillContractTest {
    FileJournalKillTest() {
        super(new TestedFileJournal());
    }
}
