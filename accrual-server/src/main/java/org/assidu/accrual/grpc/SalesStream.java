package org.assidu.accrual.grpc;

import static org.assidu.accrual.grpc.WireReader.LENGTH;
import static org.assidu.accrual.grpc.WireReader.VARINT;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.assidu.accrual.pipeline.AnswerSink;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PipelineState;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.StreamSalesResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code StreamSales} call.
 *
 * <p>What bounds its memory: a request message is asked for only while fewer than {@code maxOutstanding} messages, and fewer
 * than {@link #MAX_OUTSTANDING_LINES} lines, are asked for or unanswered, where a message asked for is taken to be as long as
 * the longest of late; an answer counts as given when it was handed to a transport that was ready for it. So a full ring and
 * a slow reader both end in not asking for more. The event loop fills items, the answers thread gathers results, either of
 * them writes when the transport is ready; the monitor of this object keeps them apart and is held for moments only.
 */
final class SalesStream implements StreamObserver<InputStream>, AnswerSink {
    private static final Logger LOG = LoggerFactory.getLogger(SalesStream.class);

    static final int MAX_OUTSTANDING_LINES = 16_000;
    private static final int FIRST_REQUEST = 2;
    /** Receipts of the items kept for later messages; items beyond are let go. */
    private static final int RETAINED_RECEIPTS = 1_024;
    /** The longest message of late is forgotten by one part in so many with each shorter one. */
    private static final int FORGETTING = 16;
    /** Results beyond so many bytes are written before the batch of answers is over. */
    private static final int LARGE_RESPONSE_BYTES = 64 << 10;

    private static final int POSITION = StreamSalesResponse.POSITION_FIELD_NUMBER << 3 | VARINT;
    private static final int RESULT = StreamSalesResponse.RESULTS_FIELD_NUMBER << 3 | LENGTH;
    private static final int RETRY_MILLIS = 1_000;

    private final Pipeline pipeline;
    private final Supplier<SalesMapper> mappers;
    private final ResultMapper results;
    private final int maxOutstanding;
    private final ServerCallStreamObserver<WireWriter> responses;
    private final @Nullable Session session = Session.current();
    private final @Nullable ClientConnection connection = ClientConnection.CURRENT.get();

    /** The one released last is filled next: its columns are still in the processor's cache. */
    private final ArrayDeque<SalesItem> free = new ArrayDeque<>();

    private int freeReceipts;
    /** Filled, in order, not yet taken by the ring. */
    private final ArrayDeque<SalesItem> waiting = new ArrayDeque<>();

    private final WireWriter gathered = new WireWriter();
    private long gatheredPosition;
    /** Messages whose results are in {@link #gathered}. */
    private int gatheredMessages;

    private int gatheredLines;
    /** Messages asked for and not yet arrived. */
    private int requested;
    /** Messages arrived whose answers are not yet given. */
    private int unanswered;

    private int unansweredLines;
    /** Lines of the longest message of late. */
    private int linesPerMessage;

    private long receiptsSeen;
    private boolean retrying;
    private boolean halfClosed;
    private boolean ended;
    private @Nullable StatusRuntimeException failure;
    /** Answers handed to the transport. */
    private long writes;
    /** What {@link #writes} was when last looked at, and since when it has been so. */
    private long writesSeen;

    private long writesSeenNanos = System.nanoTime();

    SalesStream(
            Pipeline pipeline,
            Supplier<SalesMapper> mappers,
            ResultMapper results,
            int maxOutstanding,
            ServerCallStreamObserver<WireWriter> responses) {
        this.pipeline = pipeline;
        this.mappers = mappers;
        this.results = results;
        this.maxOutstanding = maxOutstanding;
        this.responses = responses;
    }

    /** Takes over the call; within its start. */
    void open() {
        responses.disableAutoRequest();
        responses.setOnReadyHandler(this::write);
        responses.setOnCancelHandler(this::cancelled);
        if (connection != null) {
            connection.watch(this);
        }
        requested = FIRST_REQUEST;
        responses.request(FIRST_REQUEST);
    }

    @Override
    public void onNext(InputStream message) {
        SalesItem item = begin();
        if (item == null) {
            return;
        }
        try {
            mappers.get().map(message, item);
            checkStores(item);
        } catch (StatusRuntimeException e) {
            refuse(e);
            return;
        }
        int lines = 0;
        for (int r = 0; r < item.receipts(); r++) {
            lines += item.receipt(r).lines;
        }
        if (session != null) {
            session.spendLines(lines);
        }
        submit(item, lines);
    }

    private void checkStores(SalesItem item) {
        if (session != null) {
            SalesMapper.checkStores(item, session);
        }
    }

    /** An item for the message that has arrived; null when the stream takes no more. */
    private synchronized @Nullable SalesItem begin() {
        requested--;
        if (ended || failure != null) {
            return null;
        }
        SalesItem item = free.poll();
        if (item == null) {
            return new SalesItem(this);
        }
        freeReceipts -= item.heldReceipts();
        item.clear();
        return item;
    }

    private synchronized void refuse(StatusRuntimeException error) {
        fail(error);
    }

    private void submit(SalesItem item, int lines) {
        boolean wait;
        synchronized (this) {
            if (ended || failure != null) {
                return;
            }
            if (item.receipts() == 0) {
                release(item);
                request();
                return;
            }
            item.streamSequence = receiptsSeen + 1;
            receiptsSeen += item.receipts();
            unanswered++;
            unansweredLines += lines;
            linesPerMessage = Math.max(lines, linesPerMessage - linesPerMessage / FORGETTING);
            wait = !waiting.isEmpty() || !pipeline.trySubmit(item);
            if (wait) {
                waiting.add(item);
                wait = !retrying;
                retrying = true;
            } else {
                request();
            }
        }
        if (wait) {
            pipeline.whenRoom(this::submitWaiting);
        }
    }

    /** The ring has room again, or the pipeline stops. */
    private void submitWaiting() {
        synchronized (this) {
            retrying = false;
            while (!waiting.isEmpty() && !ended && pipeline.trySubmit(waiting.element())) {
                waiting.remove();
            }
            if (!waiting.isEmpty() && pipeline.state() != PipelineState.RUNNING) {
                unanswered -= waiting.size();
                waiting.clear();
                fail(stopping());
            }
            if (waiting.isEmpty()) {
                request();
                return;
            }
            retrying = true;
        }
        pipeline.whenRoom(this::submitWaiting);
    }

    @Override
    public synchronized void answered(SalesItem item) {
        if (ended) {
            return;
        }
        for (int at = 0; at < item.receipts(); at++) {
            int start = gathered.open(RESULT);
            results.write(item, at, item.streamSequence + at, gathered);
            gathered.close(start);
            gatheredLines += item.receipt(at).lines;
        }
        gatheredPosition = item.position();
        gatheredMessages++;
        release(item);
        if (gathered.size() > LARGE_RESPONSE_BYTES) {
            write();
        }
    }

    @Override
    public void flush() {
        write();
    }

    @Override
    public synchronized void abandoned(SalesItem item, Throwable cause) {
        unanswered--;
        fail(stopping());
    }

    /**
     * Hands the gathered results to the transport when it is ready for them, and asks for as many messages more. A transport
     * that fails ends this stream only: the answers thread must not see it.
     */
    private synchronized void write() {
        try {
            writeWhenReady();
        } catch (RuntimeException e) {
            LOG.warn("a stream of sales is given up: its transport failed", e);
            cancelled();
        }
    }

    private void writeWhenReady() {
        if (ended || !responses.isReady()) {
            return;
        }
        if (gatheredMessages != 0) {
            gathered.varint(POSITION, gatheredPosition);
            responses.onNext(gathered);
            writes++;
            gathered.clear();
            unanswered -= gatheredMessages;
            unansweredLines -= gatheredLines;
            gatheredMessages = gatheredLines = 0;
            request();
        }
        endWhenAnswered();
    }

    /** Within the monitor. */
    private void request() {
        if (halfClosed || ended || failure != null || !waiting.isEmpty()) {
            return;
        }
        int byLines = (MAX_OUTSTANDING_LINES - unansweredLines) / Math.max(1, linesPerMessage);
        int room = Math.min(maxOutstanding - unanswered, byLines) - requested;
        if (room <= 0 && unanswered + requested == 0) {
            room = 1;
        }
        if (room > 0) {
            requested += room;
            responses.request(room);
        }
    }

    /** Within the monitor: keeps an item for a later message. */
    private void release(SalesItem item) {
        if (freeReceipts + item.heldReceipts() <= RETAINED_RECEIPTS) {
            freeReceipts += item.heldReceipts();
            free.push(item);
        }
    }

    /** Within the monitor: ends the call with an error once everything taken before is answered. */
    private void fail(StatusRuntimeException error) {
        if (failure == null) {
            failure = error;
        }
        endWhenAnswered();
    }

    private void endWhenAnswered() {
        if (ended || unanswered != 0) {
            return;
        }
        if (failure != null) {
            ended = true;
            responses.onError(failure);
        } else if (halfClosed) {
            ended = true;
            responses.onCompleted();
        }
    }

    @Override
    public synchronized void onCompleted() {
        halfClosed = true;
        endWhenAnswered();
    }

    @Override
    public void onError(Throwable problem) {
        cancelled();
    }

    private synchronized void cancelled() {
        ended = true;
        free.clear();
        waiting.clear();
        gathered.clear();
    }

    synchronized boolean isOver() {
        return ended;
    }

    /**
     * Cuts the connection of a client that has left its answers unread for too long: they take up the server's memory. The
     * transport that is not ready, and took nothing since the last look, has a client that does not read.
     */
    void cutIfStalled(long nowNanos, long limitNanos) {
        long stalledNanos;
        synchronized (this) {
            if (ended || writes != writesSeen || responses.isReady()) {
                writesSeen = writes;
                writesSeenNanos = nowNanos;
            }
            stalledNanos = nowNanos - writesSeenNanos;
        }
        if (connection != null && stalledNanos >= limitNanos) {
            connection.cut("answers were not read for " + stalledNanos / 1_000_000 + " ms");
        }
    }

    private static StatusRuntimeException stopping() {
        return GrpcErrors.unavailable(
                "SERVER_STOPPING",
                "the server is stopping; connect again and send every receipt that got no result, which is safe",
                RETRY_MILLIS);
    }
}
