package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalFailingIoContractTest;

final class ChronicleJournalFailingIoTest extends JournalFailingIoContractTest {
    ChronicleJournalFailingIoTest() {
        super(new TestedChronicleJournal());
    }
}
