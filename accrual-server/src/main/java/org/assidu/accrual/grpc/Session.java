package org.assidu.accrual.grpc;

import io.grpc.Context;
import org.assidu.accrual.access.Caller;
import org.assidu.accrual.access.ClientQuota;
import org.assidu.accrual.access.Scope;
import org.jspecify.annotations.Nullable;

/** Whose call is being handled and how far it reaches; there is none in development mode. */
final class Session {
    static final Context.Key<Session> CURRENT = Context.key("assidu-session");

    private final Caller caller;
    private final Scope scope;
    private final ClientQuota quota;

    Session(Caller caller, Scope scope, ClientQuota quota) {
        this.caller = caller;
        this.scope = scope;
        this.quota = quota;
    }

    static @Nullable Session current() {
        return CURRENT.get();
    }

    Caller caller() {
        return caller;
    }

    Scope scope() {
        return scope;
    }

    ClientQuota quota() {
        return quota;
    }

    /** @throws io.grpc.StatusRuntimeException when the call may not name this store */
    void checkStore(String store) {
        if (scope == Scope.ANY || (scope == Scope.OWN_STORES && caller.actsFor(store))) {
            return;
        }
        throw GrpcErrors.permissionDenied(
                "STORE_NOT_YOURS",
                store.isEmpty()
                        ? "the request names no store, and this token acts for some stores only: name one of them"
                        : "this token does not act for store \"" + store
                                + "\": use that store's token, or ask your operator to add the store to this one");
    }

    /** Counts lines that have arrived. */
    void spendLines(int lines) {
        quota.spend(0, lines, System.nanoTime());
    }
}
