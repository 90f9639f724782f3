package org.assidu.accrual.pipeline;

/** Told what an operator should know. Called on pipeline threads: must not block or throw. */
public interface PipelineListener {

    /** A line for the log about recovery: how far it has come, and at the end the state that it reached. */
    void recovery(String line);

    /** The write path has failed and nothing more is answered: turn health to NOT_SERVING and end the process. Called once. */
    void failed(Throwable cause);
}
