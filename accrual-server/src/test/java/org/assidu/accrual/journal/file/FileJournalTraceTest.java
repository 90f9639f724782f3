package org.assidu.accrual.journal.file;

import org.assidu.accrual.journal.JournalTraceContractTest;

final class FileJournalTraceTest extends JournalTraceContractTest {
    FileJournalTraceTest() {
        super(new TestedFileJournal());
    }
}
