package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalScrubContractTest;

class FileJournalScrubTest extends JournalScrubContractTest {
    FileJournalScrubTest() {
        super(new TestedFileJournal(), FileJournal.store());
    }
}
