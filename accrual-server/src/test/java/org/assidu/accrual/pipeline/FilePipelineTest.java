package org.assidu.accrual.pipeline;

import org.assidu.accrual.journal.JournalKind;

final class FilePipelineTest extends PipelineContractTest {
    FilePipelineTest() {
        super(JournalKind.FILE);
    }
}
