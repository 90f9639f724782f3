package org.assidu.accrual.pipeline;

/**
 * Where the answers of one stream go. Called by the answers thread only, one call at a time, in the order in which the
 * stream submitted. Must not block and must not throw: an exception here stops the server, as any on the write path does.
 */
public interface AnswerSink {

    /**
     * The item is decided and everything it tells is durable. It belongs to the sink again from here on, so it may be
     * cleared and submitted anew, or kept until {@link #flush}.
     */
    void answered(SalesItem item);

    /** No more answers are ready for now: send what {@link #answered} has gathered. */
    void flush();

    /**
     * The item got no answer, since the pipeline stopped; whether it is recorded is unknown, so the client sends it again.
     * Called once for each item that was submitted and not answered.
     */
    void abandoned(SalesItem item, Throwable cause);
}
