package org.assidu.accrual.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Makes tokens for chains without an identity provider of their own. ES256. */
public final class TokenIssuer {
    private final ECKey key;

    private TokenIssuer(ECKey key) {
        this.key = key;
    }

    /** With a new key pair. */
    public static TokenIssuer create() {
        try {
            return new TokenIssuer(new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** @throws IllegalArgumentException when the text is not a private key that {@link #privateText} wrote */
    public static TokenIssuer ofText(String text, String where) {
        try {
            ECKey key = ECKey.parse(text);
            if (key.isPrivate() && Curve.P_256.equals(key.getCurve())) {
                return new TokenIssuer(key);
            }
        } catch (ParseException e) {
            // Reported below without the cause: its message might quote the key.
        }
        throw new IllegalArgumentException(
                where + " holds no private key for tokens (JWK, P-256); `assidu token key` makes one");
    }

    /** The key pair as a JWK: a secret. */
    public String privateText() {
        return key.toJSONString();
    }

    /** The public part as a JWK set: what a server is given. */
    public String publicText() {
        return new JWKSet(key).toString(true);
    }

    /** A signed token for a caller. */
    public String issue(Caller caller, String audience, long nowMillis) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(caller.subject())
                .audience(audience)
                .issueTime(new Date(nowMillis))
                .expirationTime(new Date(caller.expiresAtMillis()))
                .jwtID(UUID.randomUUID().toString())
                .claim(
                        TokenVerifier.ROLES,
                        caller.roles().stream().map(Role::text).sorted().toList());
        if (!caller.stores().isEmpty()) {
            claims.claim(TokenVerifier.STORES, List.copyOf(new TreeSet<>(caller.stores())));
        }
        if (caller.memberKey() != 0) {
            claims.claim(TokenVerifier.MEMBER, String.format(Locale.ROOT, "%016x", caller.memberKey()));
        }
        if (caller.certificateThumbprint() != null) {
            claims.claim(TokenVerifier.CONFIRMATION, Map.of(TokenVerifier.THUMBPRINT, caller.certificateThumbprint()));
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a P-256 key signs ES256", e);
        }
        return token.serialize();
    }
}
