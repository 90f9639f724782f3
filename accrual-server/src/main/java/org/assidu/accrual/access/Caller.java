package org.assidu.accrual.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a valid token says is calling.
 *
 * @param subject name of the client, for quotas and logs; not a person's name
 * @param stores codes of stores, or {@link #ALL_STORES} alone
 * @param memberKey of a {@link Role#MEMBER_SELF}; 0 otherwise
 * @param expiresAtMillis from then on the token is worth nothing
 * @param certificateThumbprint base64url SHA-256 of the only client certificate that may show this token; null = any
 */
public record Caller(
        String subject,
        Set<Role> roles,
        Set<String> stores,
        long memberKey,
        long expiresAtMillis,
        @Nullable String certificateThumbprint) {
    /** Stands for all stores, in tokens too. */
    public static final String ALL_STORES = "*";

    public Caller {
        roles = Set.copyOf(roles);
        stores = Set.copyOf(stores);
    }

    /** Whether the caller may act for a store; without one, only who may act for all. */
    public boolean actsFor(String store) {
        return stores.contains(ALL_STORES) || (!store.isEmpty() && stores.contains(store));
    }
}
