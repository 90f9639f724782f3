package org.assidu.accrual.replication;

import java.util.function.Consumer;

/** Stops a server that is told of an epoch above its own: a standby took its place, and it must not answer tills any more. */
public final class EpochGuard {
    private final RoleFiles roles;
    private final Epoch own;
    private final Consumer<String> replaced;
    private boolean over;

    /** @param replaced told once, with the reason: stops the server */
    public EpochGuard(RoleFiles roles, Epoch own, Consumer<String> replaced) {
        this.roles = roles;
        this.own = own;
        this.replaced = replaced;
    }

    public Epoch own() {
        return own;
    }

    /**
     * Somebody knows of an epoch. When it is above the server's, that is noted for ever before anything else happens.
     *
     * @return whether this server goes on
     */
    public synchronized boolean told(long epoch, String by) {
        if (epoch <= own.number()) {
            return !over;
        }
        if (!over) {
            over = true;
            String reason = by + " is in epoch " + epoch + ", this directory is in epoch " + own.number();
            roles.fence(reason);
            replaced.accept(reason);
        }
        return false;
    }
}
