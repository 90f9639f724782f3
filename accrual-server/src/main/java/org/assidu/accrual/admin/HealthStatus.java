package org.assidu.accrual.admin;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The standard health service: overall and for each service; once it is NOT_SERVING it stays so. */
public final class HealthStatus {
    private final HealthStatusManager manager = new HealthStatusManager();
    private final List<String> services;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** NOT_SERVING until {@link #serving}. @param services full names */
    public HealthStatus(List<String> services) {
        this.services = List.copyOf(services);
        set(ServingStatus.NOT_SERVING);
    }

    public BindableService service() {
        return manager.getHealthService();
    }

    public void serving() {
        set(ServingStatus.SERVING);
    }

    /** The server goes on, but the past is not what it was: whoever watches should look. */
    public void damaged() {
        set(ServingStatus.NOT_SERVING);
    }

    /** For good: the server drains, or its write path failed. */
    public void stopped() {
        if (!stopped.getAndSet(true)) {
            manager.enterTerminalState();
        }
    }

    private void set(ServingStatus status) {
        manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        services.forEach(service -> manager.setStatus(service, status));
    }
}
