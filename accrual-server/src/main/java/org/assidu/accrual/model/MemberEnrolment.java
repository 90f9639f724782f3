package org.assidu.accrual.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person joined, known by a random key only.
 *
 * @param store where; null when none
 */
public record MemberEnrolment(
        long memberKey, Channel channel, @Nullable String store, String termsVersion, List<Consent> consents) {

    /** Consent to one purpose, with its proof. Purpose codes are those of the wire contract. */
    public record Consent(int purpose, boolean granted, String wordingVersion, Channel channel, long givenAtMillis) {}
}
