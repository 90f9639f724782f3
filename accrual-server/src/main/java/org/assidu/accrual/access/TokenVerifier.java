package org.assidu.accrual.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Bearer tokens to callers. A token that was verified is remembered until it expires or the keys change. Safe for any thread. */
public final class TokenVerifier {
    static final String ROLES = "roles";
    static final String STORES = "stores";
    static final String MEMBER = "member";
    static final String CONFIRMATION = "cnf";
    static final String THUMBPRINT = "x5t#S256";

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256, JWSAlgorithm.PS256);
    private static final int MOST_TOKEN_CHARS = 8_192;
    private static final int MOST_REMEMBERED = 10_000;

    private final TokenKeys keys;
    private final String audience;
    private final LongSupplier clock;
    private volatile Verified verified;

    /** Tokens verified under one set of keys. */
    private record Verified(JWKSet keys, DefaultJWTProcessor<SecurityContext> processor, Map<String, Caller> callers) {}

    /** @param clock epoch milliseconds. @throws IllegalArgumentException when the keys cannot be read */
    public TokenVerifier(TokenSettings settings, LongSupplier clock) {
        keys = new TokenKeys(settings.keys());
        audience = settings.audience();
        this.clock = clock;
        verified = under(keys.current());
    }

    private Verified under(JWKSet current) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(current)));
        // Times are compared with our own clock, below.
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(audience, null, Set.of("sub", "exp", ROLES)) {
            @Override
            protected java.util.@Nullable Date currentTime() {
                return null;
            }
        });
        return new Verified(current, processor, new ConcurrentHashMap<>());
    }

    /** @throws TokenRefusedException with what is wrong and what to do */
    public Caller verify(String token) throws TokenRefusedException {
        JWKSet current = keys.current();
        Verified known = verified;
        if (known.keys != current) {
            known = under(current);
            verified = known;
        }
        Caller caller = known.callers.get(token);
        if (caller == null) {
            caller = read(known, token);
            if (known.callers.size() >= MOST_REMEMBERED) {
                known.callers.clear();
            }
            known.callers.put(token, caller);
        }
        if (clock.getAsLong() >= caller.expiresAtMillis()) {
            known.callers.remove(token);
            throw expired();
        }
        return caller;
    }

    /** Whether the clock has reached the end of a caller's token. */
    public boolean hasExpired(Caller caller) {
        return clock.getAsLong() >= caller.expiresAtMillis();
    }

    /** How long a caller's token is good for; 0 = no longer. */
    public long millisLeft(Caller caller) {
        return Math.max(0, caller.expiresAtMillis() - clock.getAsLong());
    }

    /** What a caller is told whose token has expired. */
    public static TokenRefusedException expired() {
        return new TokenRefusedException(
                TokenRefusedException.EXPIRED, "the token has expired: call again with a new one");
    }

    private Caller read(Verified under, String token) throws TokenRefusedException {
        if (token.length() > MOST_TOKEN_CHARS) {
            throw invalid("it is longer than " + MOST_TOKEN_CHARS + " characters");
        }
        try {
            JWTClaimsSet claims = under.processor.process(token, null);
            java.util.Date from = claims.getNotBeforeTime();
            if (from != null && from.getTime() > clock.getAsLong()) {
                throw invalid("it is not valid yet; compare the clocks of issuer and server");
            }
            return caller(claims);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException, TokenRefusedException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String text : listed(claims, ROLES)) {
            roles.add(Role.ofText(text)
                    .orElseThrow(
                            () -> invalid("its claim roles has a role that is unknown; known are " + Role.texts())));
        }
        long member = 0;
        String key = claims.getStringClaim(MEMBER);
        if (key != null) {
            try {
                member = Long.parseUnsignedLong(key, 16);
            } catch (NumberFormatException e) {
                throw invalid("its claim member is not a hexadecimal member key");
            }
        }
        if (roles.contains(Role.MEMBER_SELF) && (member == 0 || roles.size() != 1)) {
            throw invalid("role member-self wants a claim member and no other role");
        }
        Map<String, Object> confirmation = claims.getJSONObjectClaim(CONFIRMATION);
        Object thumbprint = confirmation == null ? null : confirmation.get(THUMBPRINT);
        if (confirmation != null && thumbprint == null) {
            throw invalid("its claim cnf has no x5t#S256, the only confirmation that is understood");
        }
        return new Caller(
                String.valueOf(claims.getSubject()),
                roles,
                Set.copyOf(listed(claims, STORES)),
                member,
                claims.getExpirationTime().getTime(),
                thumbprint == null ? null : thumbprint.toString());
    }

    private static List<String> listed(JWTClaimsSet claims, String name) throws ParseException {
        List<String> list = claims.getStringListClaim(name);
        return list == null ? List.of() : list;
    }

    private static TokenRefusedException invalid(String why) {
        return new TokenRefusedException(
                TokenRefusedException.INVALID, "the token is not taken: " + why + "; ask your operator for another");
    }
}
