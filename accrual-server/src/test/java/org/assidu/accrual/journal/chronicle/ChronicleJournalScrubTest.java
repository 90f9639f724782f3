package org.assidu.accrual.journal.chronicle;

import org.assidu.accrual.journal.JournalScrubContractTest;

class ChronicleJournalScrubTest extends JournalScrubContractTest {
    ChronicleJournalScrubTest() {
        super(new TestedChronicleJournal(), ChronicleJournal.store());
    }
}
