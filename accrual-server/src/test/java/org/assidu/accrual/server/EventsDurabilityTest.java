package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.EnrolResponse;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.StreamEventsRequest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event is told when its record is forced, and not before. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class EventsDurabilityTest {
    @TempDir
    Path folder;

    private final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));
    private final CountDownLatch waiting = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource(JournalKind.class)
    void noEventIsToldBeforeTheForceThatMakesItDurable(JournalKind kind) throws Exception {
        JournalEnvironment disk = JournalEnvironment.system().withForcer((channel, file) -> {
            CountDownLatch hold = held.get();
            if (hold.getCount() > 0) {
                waiting.countDown();
                await(hold);
            }
            channel.force(false);
        });
        try (AssiduServer server =
                AssiduServer.start(ServerConfig.at(folder.resolve("data")).withJournalKind(kind), disk)) {
            ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            MemberServiceGrpc.newBlockingStub(channel).enrol(person("+33600000001"));
            List<Event> before = told(channel);
            assertThat(before).hasSize(1);

            CountDownLatch hold = new CountDownLatch(1);
            held.set(hold);
            ListenableFuture<EnrolResponse> second =
                    MemberServiceGrpc.newFutureStub(channel).enrol(person("+33600000002"));
            await(waiting);
            assertThat(told(channel)).as("while the force is held back").isEqualTo(before);
            assertThat(second.isDone()).isFalse();

            hold.countDown();
            long key = second.get(30, TimeUnit.SECONDS).getMemberKey();
            assertThat(told(channel))
                    .hasSize(2)
                    .last()
                    .extracting(Event::getMemberKey)
                    .isEqualTo(key);
            channel.shutdownNow();
        }
    }

    private static List<Event> told(ManagedChannel channel) {
        List<Event> events = new ArrayList<>();
        EngagementServiceGrpc.newBlockingStub(channel)
                .streamEvents(StreamEventsRequest.newBuilder()
                        .setEndWhenCaughtUp(true)
                        .build())
                .forEachRemaining(response -> events.addAll(response.getEventsList()));
        return events;
    }

    private static EnrolRequest person(String phone) {
        return EnrolRequest.newBuilder()
                .addIdentifiers(Identifier.newBuilder().setPhone(phone))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
