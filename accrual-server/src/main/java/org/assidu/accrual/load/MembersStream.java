package org.assidu.accrual.load;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assidu.proto.v1.ImportMembersRequest;
import org.assidu.proto.v1.ImportMembersResponse;
import org.assidu.proto.v1.MemberServiceGrpc;

/** A stream of migrating members as seen by the thread that sends: a few messages under way, answers in order. */
final class MembersStream implements AutoCloseable {
    private static final int MOST_UNDER_WAY = 4;
    private static final long ANSWER_SECONDS = 120;

    /** What came back: an answer, the end, or what broke the stream. */
    private record Event(ImportMembersResponse answer, boolean end, Throwable problem) {}

    /** Takes answers. */
    @FunctionalInterface
    interface Answers {
        void take(ImportMembersResponse answer) throws IOException;
    }

    private static final ImportMembersResponse NONE = ImportMembersResponse.getDefaultInstance();
    private static final Throwable FINE = new IllegalStateException("nothing broke");

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StreamObserver<ImportMembersRequest> server;
    private int underWay;
    private boolean finished;

    MembersStream(Channel channel) {
        server = MemberServiceGrpc.newStub(channel).importMembers(new StreamObserver<>() {
            @Override
            public void onNext(ImportMembersResponse answer) {
                events.add(new Event(answer, false, FINE));
            }

            @Override
            public void onError(Throwable problem) {
                events.add(new Event(NONE, true, problem));
            }

            @Override
            public void onCompleted() {
                events.add(new Event(NONE, true, FINE));
            }
        });
    }

    void send(ImportMembersRequest message, Answers answers) throws IOException, InterruptedException {
        while (underWay >= MOST_UNDER_WAY) {
            await(answers);
        }
        server.onNext(message);
        underWay++;
    }

    /** Waits for what is under way. */
    void finish(Answers answers) throws IOException, InterruptedException {
        server.onCompleted();
        while (!finished) {
            await(answers);
        }
        if (underWay > 0) {
            throw new IOException("the server ended the stream with " + underWay
                    + " messages unanswered; import the file again: what is there already is recognised");
        }
    }

    private void await(Answers answers) throws IOException, InterruptedException {
        Event event = events.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new IOException("no answer in " + ANSWER_SECONDS
                    + " s; import the file again: what is there already is recognised");
        }
        if (event.end) {
            finished = true;
            if (event.problem instanceof RuntimeException problem && problem != FINE) {
                throw problem;
            }
            return;
        }
        underWay--;
        answers.take(event.answer);
    }

    @Override
    public void close() {
        if (!finished) {
            server.onError(new IllegalStateException("the import ended early"));
        }
    }
}
