package org.assidu.accrual.pipeline;

import org.assidu.accrual.journal.JournalKind;

final class ChroniclePipelineTest extends PipelineContractTest {
    ChroniclePipelineTest() {
        super(JournalKind.CHRONICLE);
    }
}
