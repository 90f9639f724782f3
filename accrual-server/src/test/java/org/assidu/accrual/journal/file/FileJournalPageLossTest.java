package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalPageLossContractTest;

final class FileJournalPageLossTest extends JournalPageLossContractTest {
    FileJournalPageLossTest() {
        super(new TestedFileJournal());
    }
}
