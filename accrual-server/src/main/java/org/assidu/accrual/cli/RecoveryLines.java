package org.assidu.accrual.cli;

import org.assidu.accrual.pipeline.PipelineListener;

/** Puts what recovery says beside a command's answer. */
record RecoveryLines(Output output) implements PipelineListener {
    @Override
    public void recovery(String line) {
        output.err().println(line);
        output.err().flush();
    }

    @Override
    public void failed(Throwable cause) {
        throw new IllegalStateException(cause);
    }
}
