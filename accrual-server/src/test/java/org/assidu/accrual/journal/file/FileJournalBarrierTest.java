package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalBarrierContractTest;

class FileJournalBarrierTest extends JournalBarrierContractTest {
    FileJournalBarrierTest() {
        super(new TestedFileJournal());
    }
}
