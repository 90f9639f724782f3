package org.assidu.accrual.access;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the {@link AccessTable}.
 *
 * @param method full name, {@code package.Service/Method}
 * @param open whether it may be called without a token
 * @param store where a request names its store, as field names joined by dots, repeated ones included; null = nowhere
 * @param member where a request names its member (an {@code Identifier}); null = nowhere
 * @param scopes what each role may reach; a role that is not named may not call
 */
public record AccessRule(
        String method,
        boolean open,
        @Nullable String store,
        @Nullable String member,
        Map<Role, Scope> scopes) {

    public AccessRule {
        scopes = Map.copyOf(scopes);
    }

    static AccessRule open(String method) {
        return new AccessRule(method, true, null, null, Map.of());
    }

    static AccessRule of(String method) {
        return new AccessRule(method, false, null, null, Map.of());
    }

    AccessRule store(String path) {
        return new AccessRule(method, open, path, member, scopes);
    }

    AccessRule member(String path) {
        return new AccessRule(method, open, store, path, scopes);
    }

    AccessRule any(Role... roles) {
        return with(Scope.ANY, roles);
    }

    AccessRule ownStores(Role... roles) {
        return with(Scope.OWN_STORES, roles);
    }

    /** The member themselves. */
    AccessRule self() {
        return with(Scope.SELF, Role.MEMBER_SELF);
    }

    private AccessRule with(Scope scope, Role... roles) {
        Map<Role, Scope> more = new EnumMap<>(Role.class);
        more.putAll(scopes);
        for (Role role : roles) {
            more.put(role, scope);
        }
        return new AccessRule(method, open, store, member, more);
    }

    /** The furthest that any of these roles reaches; empty = they may not call. */
    public Optional<Scope> scopeOf(Collection<Role> roles) {
        return roles.stream()
                .filter(scopes::containsKey)
                .map(role -> scopes.getOrDefault(role, Scope.SELF))
                .max(Scope::compareTo);
    }
}
