package org.assidu.accrual.replication;

import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.assidu.proto.replication.v1.ExchangeEpochsRequest;
import org.assidu.proto.replication.v1.ExchangeEpochsResponse;
import org.assidu.proto.replication.v1.ReplicationServiceGrpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells peers this server's epoch and hears theirs, every few seconds: of two servers of one chain, the one that was replaced
 * stops soon after they can reach each other. A peer that does not answer proves nothing.
 */
public final class PeerAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerAgent.class);
    private static final int PERIOD_MILLIS = 2_000;
    private static final int DEADLINE_MILLIS = 2_000;

    private final List<Peer> peers;
    private final EpochGuard epochs;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread agent = new Thread(task, "assidu-peers");
        agent.setDaemon(true);
        return agent;
    });

    private PeerAgent(List<Peer> peers, EpochGuard epochs) {
        this.peers = List.copyOf(peers);
        this.epochs = epochs;
    }

    public static PeerAgent start(List<Peer> peers, EpochGuard epochs) {
        PeerAgent agent = new PeerAgent(peers, epochs);
        var unused = agent.thread.scheduleWithFixedDelay(agent::exchange, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return agent;
    }

    private void exchange() {
        var unused = hearAll(peers, epochs);
    }

    /** Exchanges epochs once with all peers that answer. @return whether this server goes on */
    public static boolean hearAll(List<Peer> peers, EpochGuard epochs) {
        boolean goesOn = true;
        for (Peer peer : peers) {
            try {
                goesOn &= epochs.told(ask(peer, epochs.own().number()).getEpoch(), "the server " + peer.address());
            } catch (StatusRuntimeException e) {
                LOG.debug("{} does not tell its epoch: {}", peer.address(), e.getStatus());
            }
        }
        return goesOn;
    }

    /**
     * Tells a peer an epoch; one below it stops.
     *
     * @return what it says of its own
     * @throws StatusRuntimeException when it cannot be reached, or does not answer
     */
    public static ExchangeEpochsResponse ask(Peer peer, long epoch) {
        return ReplicationServiceGrpc.newBlockingStub(peer.channel())
                .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .exchangeEpochs(ExchangeEpochsRequest.newBuilder()
                        .setEpoch(epoch)
                        .setServer("that was told to watch " + peer.address())
                        .build());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
