package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.grpc.TestServer.card;
import static org.assidu.accrual.grpc.TestServer.receipt;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.assidu.accrual.engagement.EventCursor;
import org.assidu.accrual.engagement.EventFilter;
import org.assidu.accrual.engagement.EventLog;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.proto.v1.ChangeConsentsRequest;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.EventKind;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.OpposeProfilingRequest;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RecordReceiptResponse;
import org.assidu.proto.v1.StreamEventsRequest;
import org.assidu.proto.v1.StreamEventsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EngagementServiceTest {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder).publish(TestProgrammes.POINTS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void kindsHaveTheNumbersOfTheModel() {
        assertThat(Arrays.stream(EventKind.values())
                        .filter(kind -> kind != EventKind.UNRECOGNIZED && kind.getNumber() != 0)
                        .map(kind -> kind.getNumber() + " " + kind.name().substring("EVENT_KIND_".length())))
                .containsExactlyElementsOf(Arrays.stream(org.assidu.accrual.model.EventKind.values())
                        .skip(1)
                        .map(kind -> kind.code() + " " + kind.name())
                        .toList());
    }

    @Test
    void eventsSayWhatHappenedToWhomByWhatAndWithWhichConsents() {
        Identifier ada = Identifier.newBuilder().setEmail("ada@example.org").build();
        long key = enrol(ada, true);
        sell(1, 35_000, ada);
        enrol(ada, false);
        sell(2, 30_000, ada);

        List<Event> events = all();

        assertThat(events.stream().map(EngagementServiceTest::words))
                .containsExactly(
                        "WELCOME.1 0 by CHANNEL_WEB S9 mail",
                        "THRESHOLD_REACHED.1 1 by S1/1/1 points v1 ten-off mail",
                        "FIRST_PURCHASE.2 35000 by S1/1/1 points v1 mail",
                        "REWARD_AVAILABLE.3 1 by S1/1/1 points v1 ten-off mail",
                        "THRESHOLD_REACHED.1 1 by S1/1/2 points v1 ten-off",
                        "REWARD_AVAILABLE.2 2 by S1/1/2 points v1 ten-off");
        assertThat(events).allMatch(event -> event.getMemberKey() == key && !event.getHistorical());
        assertThat(events).extracting(Event::getPosition).containsExactly(2L, 3L, 3L, 3L, 5L, 5L);
        assertThat(events.get(1).getHappenedAtMillis()).isEqualTo(TestServer.NOW - 60_000);
        assertThat(events.get(1).getRecordedAtMillis()).isEqualTo(TestServer.NOW);
    }

    @Test
    void consentsAreThoseOfThePositionAlsoWhenTheyChangeAndEnd() {
        Identifier ada = byCard(1);
        enrol(ada, true);
        sell(1, 35_000, ada);
        consent(ada, ConsentPurpose.CONSENT_PURPOSE_EMAIL, false);
        consent(ada, ConsentPurpose.CONSENT_PURPOSE_PROFILING, true);
        sell(2, 30_000, ada);
        server.members()
                .opposeProfiling(OpposeProfilingRequest.newBuilder()
                        .setMember(ada)
                        .setOpposed(true)
                        .build());
        sell(3, 30_000, ada);

        assertThat(all().stream()
                        .filter(event -> event.getKind() == EventKind.EVENT_KIND_THRESHOLD_REACHED)
                        .map(event -> event.getConsents().getEmail() + " "
                                + event.getConsents().getProfiling()))
                .containsExactly("true false", "false true", "false false");
    }

    private void consent(Identifier who, ConsentPurpose purpose, boolean granted) {
        server.members()
                .changeConsents(ChangeConsentsRequest.newBuilder()
                        .setMember(who)
                        .addConsents(Consent.newBuilder()
                                .setPurpose(purpose)
                                .setGranted(granted)
                                .setWordingVersion("2026-02"))
                        .build());
    }

    @Test
    void readingGoesOnBehindAnyEventAlsoAfterARestart() {
        for (int number = 1; number <= 12; number++) {
            sell(number, 35_000, byCard(number % 5));
        }
        List<Event> all = all();
        assertThat(all).hasSizeGreaterThan(20);

        server.close();
        server = TestServer.start(folder);

        assertThat(all()).isEqualTo(all);
        for (int told = 0; told < all.size(); told++) {
            EventPosition next = EventPosition.after(all.get(told));
            assertThat(from(request(next).build()))
                    .as("from %s", next)
                    .containsExactlyElementsOf(all.subList(told + 1, all.size()));
        }
    }

    @Test
    void everyResponseSaysWhereToGoOn() {
        for (int number = 1; number <= 400; number++) {
            sell(number, 100, byCard(number));
        }
        List<Event> all = all();
        Iterator<StreamEventsResponse> responses = server.engagement().streamEvents(end());
        int told = 0;
        int checked = 0;
        while (responses.hasNext()) {
            StreamEventsResponse response = responses.next();
            told += response.getEventsCount();
            EventPosition next = new EventPosition(response.getNextPosition(), response.getNextIndex());
            assertThat(from(request(next).build())).isEqualTo(all.subList(told, all.size()));
            checked++;
        }
        assertThat(told).isEqualTo(all.size()).isEqualTo(800);
        assertThat(checked).isGreaterThan(2);
    }

    @Test
    void onlyTheKindsAskedForAreTold() {
        sell(1, 35_000, byCard(1));
        server.accrual()
                .recordReceipt(RecordReceiptRequest.newBuilder()
                        .setReceipt(receipt(2, 35_000).setMember(byCard(2)).setHistorical(true))
                        .build());

        assertThat(from(end().toBuilder()
                        .addKinds(EventKind.EVENT_KIND_WELCOME)
                        .addKinds(EventKind.EVENT_KIND_FIRST_PURCHASE)
                        .build()))
                .extracting(event -> event.getKindValue() + " " + event.getHistorical())
                .containsExactly("9 false", "13 false", "9 true", "13 true");
        assertThat(from(end().toBuilder().setWithoutHistorical(true).build()))
                .hasSize(4)
                .noneMatch(Event::getHistorical);
        assertThat(all()).hasSize(8);
    }

    @Test
    void anOpenStreamTellsWhatHappensNext() {
        Iterator<StreamEventsResponse> responses =
                server.engagement().streamEvents(StreamEventsRequest.getDefaultInstance());
        assertThat(responses.next().getCaughtUp()).isTrue();
        for (int number = 1; number <= 3; number++) {
            sell(number, 100, byCard(number));
            List<Event> told = new ArrayList<>();
            while (told.size() < 2) {
                told.addAll(responses.next().getEventsList());
            }
            assertThat(told)
                    .extracting(Event::getKind)
                    .containsExactly(EventKind.EVENT_KIND_WELCOME, EventKind.EVENT_KIND_FIRST_PURCHASE);
        }
    }

    @Test
    void whatIsNotDurableIsNotTold() {
        for (int number = 1; number <= 5; number++) {
            sell(number, 100, byCard(number));
        }
        AtomicLong durable = new AtomicLong(3);
        try (EventLog log = new EventLog(server.journal::newReader, durable::get);
                EventCursor cursor = log.open(EventPosition.START, EventFilter.ALL)) {
            List<Long> positions = new ArrayList<>();
            for (Event event = cursor.next(100); event != null; event = cursor.next(100)) {
                positions.add(event.getPosition());
            }
            assertThat(positions).containsExactly(2L, 2L, 3L, 3L);
            assertThat(cursor.caughtUp()).isTrue();
            durable.set(4);
            assertThat(cursor.next(100).getPosition()).isEqualTo(4);
        }
    }

    /** A client that takes one response at a time: the server reads no further than its transport can hold. */
    @Test
    void aSlowClientHoldsTheReadingBackAndMissesNothing() throws Exception {
        for (int number = 1; number <= 4_000; number++) {
            sell(number, 100, byCard(number));
        }
        AtomicLong read = new AtomicLong();
        EventLog log = new EventLog(
                () -> new CountingReader(server.journal.newReader(), read), server.pipeline::durablePosition);
        EngagementGrpcService service =
                new EngagementGrpcService(log, server.pipeline, server.directory, purpose -> key -> 0);
        try (GrpcEndpoint endpoint = GrpcEndpoint.start(GrpcServerConfig.loopback(0), List.of(service))) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", endpoint.port())
                    .usePlaintext()
                    .flowControlWindow(NettyChannelBuilder.DEFAULT_FLOW_CONTROL_WINDOW / 16)
                    .build();
            SlowClient client = new SlowClient();
            EngagementServiceGrpc.newStub(channel).streamEvents(end(), client);
            List<Event> told = new ArrayList<>(client.take().getEventsList());
            long before;
            do {
                before = read.get();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            } while (before != read.get());
            // Facts and cursor both read each record: both stopped long before the end.
            assertThat(before).isLessThan(4_000);
            for (StreamEventsResponse next = client.take(); next != null; next = client.take()) {
                told.addAll(next.getEventsList());
            }
            assertThat(told).hasSize(8_000).isEqualTo(all());
            channel.shutdownNow();
        } finally {
            service.close();
            log.close();
        }
    }

    @Test
    void requestsThatCannotBeAnsweredSayWhy() {
        assertThatThrownBy(() -> from(
                        StreamEventsRequest.newBuilder().setFromPosition(-1).build()))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("from_position: -1; send 0, or next_position");
        assertThatThrownBy(() ->
                        from(StreamEventsRequest.newBuilder().setFromIndex(-2).build()))
                .hasMessageContaining("from_index: -2");
        assertThatThrownBy(() ->
                        from(StreamEventsRequest.newBuilder().addKindsValue(99).build()))
                .hasMessageContaining("kinds: 99; send 1 to ");
        assertThatThrownBy(() -> from(
                        StreamEventsRequest.newBuilder().setFromPosition(1_000).build()))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("from_position is 1000, the journal reaches 1");
    }

    @Test
    void aServerThatStopsEndsOpenStreams() {
        Iterator<StreamEventsResponse> responses =
                server.engagement().streamEvents(StreamEventsRequest.getDefaultInstance());
        responses.next();
        server.engagement.close();
        assertThatThrownBy(responses::hasNext)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE")
                .hasMessageContaining("go on where you are");
    }

    private List<Event> all() {
        return from(end());
    }

    private List<Event> from(StreamEventsRequest request) {
        List<Event> events = new ArrayList<>();
        server.engagement().streamEvents(request).forEachRemaining(response -> events.addAll(response.getEventsList()));
        return events;
    }

    private static StreamEventsRequest end() {
        return StreamEventsRequest.newBuilder().setEndWhenCaughtUp(true).build();
    }

    private static StreamEventsRequest.Builder request(EventPosition from) {
        return end().toBuilder().setFromPosition(from.position()).setFromIndex(from.index());
    }

    private static String words(Event event) {
        String cause = event.hasReceipt()
                ? event.getReceipt().getStore() + "/" + event.getReceipt().getTill() + "/"
                        + event.getReceipt().getNumber()
                : event.getEnrolment().getChannel() + " " + event.getEnrolment().getStore();
        return (event.getKind().name().substring("EVENT_KIND_".length()) + "." + event.getIndex() + " "
                        + event.getValue() + " by " + cause + " " + event.getProgrammeId()
                        + (event.getProgrammeVersion() == 0 ? "" : " v" + event.getProgrammeVersion()) + " "
                        + event.getRuleId() + " " + (event.getConsents().getEmail() ? "mail" : ""))
                .replaceAll(" +", " ")
                .trim();
    }

    private long enrol(Identifier who, boolean mail) {
        return server.members()
                .enrol(EnrolRequest.newBuilder()
                        .addIdentifiers(who)
                        .setChannel(Channel.CHANNEL_WEB)
                        .setStore("S9")
                        .addConsents(Consent.newBuilder()
                                .setPurpose(ConsentPurpose.CONSENT_PURPOSE_EMAIL)
                                .setGranted(mail)
                                .setWordingVersion("2026-01"))
                        .build())
                .getMemberKey();
    }

    private RecordReceiptResponse sell(int number, long amountMinor, Identifier member) {
        return server.accrual()
                .recordReceipt(RecordReceiptRequest.newBuilder()
                        .setReceipt(receipt(number, amountMinor).setMember(member))
                        .build());
    }

    private static Identifier byCard(int serial) {
        return Identifier.newBuilder().setCard(card(serial)).build();
    }

    /** Asks for a response only when the one before was taken. */
    private static final class SlowClient implements ClientResponseObserver<StreamEventsRequest, StreamEventsResponse> {
        private final BlockingQueue<List<StreamEventsResponse>> arrived = new ArrayBlockingQueue<>(4);
        private ClientCallStreamObserver<StreamEventsRequest> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamEventsRequest> requests) {
            call = requests;
            requests.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(StreamEventsResponse response) {
            arrived.add(List.of(response));
        }

        @Override
        public void onError(Throwable problem) {
            arrived.add(List.of());
        }

        @Override
        public void onCompleted() {
            arrived.add(List.of());
        }

        /** The next response; null at the end. */
        StreamEventsResponse take() throws InterruptedException {
            List<StreamEventsResponse> next = arrived.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            call.request(1);
            return next.isEmpty() ? null : next.get(0);
        }
    }

    /** Counts the records read by all of its kind. */
    private record CountingReader(JournalReader reader, AtomicLong read) implements JournalReader {
        @Override
        public void seek(long position) {
            reader.seek(position);
        }

        @Override
        public boolean next() {
            read.incrementAndGet();
            return reader.next();
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public int type() {
            return reader.type();
        }

        @Override
        public long timeMillis() {
            return reader.timeMillis();
        }

        @Override
        public byte[] buffer() {
            return reader.buffer();
        }

        @Override
        public int offset() {
            return reader.offset();
        }

        @Override
        public int length() {
            return reader.length();
        }

        @Override
        public long batchEnd() {
            return reader.batchEnd();
        }

        @Override
        public void copyBatchHash(byte[] target) {
            reader.copyBatchHash(target);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
