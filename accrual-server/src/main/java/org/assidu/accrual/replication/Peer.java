package org.assidu.accrual.replication;

import io.grpc.Channel;

/** Another server of the chain, which may take this one's place or had it before. */
public record Peer(String address, Channel channel) {}
