package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalFullDiskContractTest;

final class FileJournalFullDiskTest extends JournalFullDiskContractTest {
    FileJournalFullDiskTest() {
        super(new TestedFileJournal());
    }
}
