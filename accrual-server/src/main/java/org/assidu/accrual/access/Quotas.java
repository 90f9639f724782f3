package org.assidu.accrual.access;

import java.util.concurrent.ConcurrentHashMap;

/** The quotas of all clients seen of late. */
public final class Quotas {
    private static final int CLIENTS_BEFORE_CLEANING = 100_000;

    private final QuotaLimits limits;
    private final ConcurrentHashMap<String, ClientQuota> clients = new ConcurrentHashMap<>();

    public Quotas(QuotaLimits limits) {
        this.limits = limits;
    }

    /** The quota of a client. */
    public ClientQuota of(String subject) {
        if (clients.size() > CLIENTS_BEFORE_CLEANING) {
            long now = System.nanoTime();
            clients.values().removeIf(quota -> quota.idle(now));
        }
        return clients.computeIfAbsent(subject, name -> new ClientQuota(limits, System.nanoTime()));
    }
}
