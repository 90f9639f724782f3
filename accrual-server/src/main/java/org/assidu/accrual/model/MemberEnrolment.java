package org.assidu.accrual.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person joined, known by a random key only.
 *
 * @param store where; null when none
 * @param created whether this is the first record that names the member: it is welcomed
 */
public record MemberEnrolment(
        long memberKey,
        Channel channel,
        @Nullable String store,
        String termsVersion,
        List<Consent> consents,
        boolean created) {

    /** The same, as the first record of its member or not. */
    public MemberEnrolment withCreated(boolean first) {
        return new MemberEnrolment(memberKey, channel, store, termsVersion, consents, first);
    }

    /** Consent to one purpose, with its proof. Purpose codes are those of the wire contract. */
    public record Consent(int purpose, boolean granted, String wordingVersion, Channel channel, long givenAtMillis) {}
}
