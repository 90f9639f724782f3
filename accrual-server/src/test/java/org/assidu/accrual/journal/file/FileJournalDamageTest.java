package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalDamageContractTest;

class FileJournalDamageTest extends JournalDamageContractTest {
    FileJournalDamageTest() {
        super(new TestedFileJournal());
    }
}
