package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalBoundaryDamageContractTest;

class FileJournalBoundaryDamageTest extends JournalBoundaryDamageContractTest {
    FileJournalBoundaryDamageTest() {
        super(new TestedFileJournal());
    }
}
