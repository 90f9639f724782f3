package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalFailingIoContractTest;

final class FileJournalFailingIoTest extends JournalFailingIoContractTest {
    FileJournalFailingIoTest() {
        super(new TestedFileJournal());
    }
}
