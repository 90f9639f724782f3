package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The inbox between those who offer work and the thread that releases it, under every interleaving that a model checker
 * tries: whoever found it full gets in once there is room, and once only.
 */
@Tag("instrumented")
final class InboxInterleavingTest {
    private static final int SLOTS = 2;

    /** Tills and the answers thread. */
    public static class Hands {
        final Inbox inbox = new Inbox(SLOTS);
        private final AtomicInteger offered = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        long next;

        @Operation
        public void offer() {
            offered.incrementAndGet();
            offerOrWait();
        }

        private void offerOrWait() {
            if (inbox.offer(null, null)) {
                taken.incrementAndGet();
            } else {
                inbox.whenRoom(this::offerOrWait);
            }
        }

        @Operation(nonParallelGroup = "answers")
        public void release() {
            if (inbox.filled(next)) {
                inbox.release(next++);
                inbox.runWaiting();
            }
        }

        /** When all have done their part. Throws by itself: AssertJ does not bear the model checker's instrumentation. */
        @Validate
        public void nobodyWaitsWhileThereIsRoom() {
            if (taken.get() != next + inbox.used()) {
                throw new IllegalStateException(
                        taken + " were taken; " + next + " released and " + inbox.used() + " inside");
            }
            if (inbox.used() < SLOTS && taken.get() != offered.get()) {
                throw new IllegalStateException("there is room, and of " + offered + " only " + taken + " got in");
            }
        }
    }

    /** The same with one line in the wrong place: shows that the check can fail. */
    public static final class ForgetfulHands extends Hands {
        @Operation(nonParallelGroup = "answers")
        @Override
        public void release() {
            if (inbox.filled(next)) {
                inbox.runWaiting();
                inbox.release(next++);
            }
        }
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(0)
                .iterations(10)
                .invocationsPerIteration(200);
    }

    @Test
    void nobodyWhoWaitsForRoomIsForgotten() {
        options().check(Hands.class);
    }

    @Test
    void lookingForThoseWhoWaitBeforeThereIsRoomIsFound() {
        assertThatThrownBy(() -> options().check(ForgetfulHands.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
