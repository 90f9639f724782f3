package org.assidu.accrual.model;

/**
 * What a member decided about their data, or was decided for it. Holds no personal data: the member is a random key.
 *
 * @param purpose of a consent, as in the wire contract; 0 for the other actions
 * @param granted of a consent: given or withdrawn; of an opposition: opposed, or no longer
 * @param wordingVersion of a consent: version of what was shown
 * @param givenAtMillis when the member said so, by the clock of the channel
 */
public record PrivacyEvent(
        long memberKey,
        Action action,
        int purpose,
        boolean granted,
        String wordingVersion,
        Channel channel,
        long givenAtMillis) {

    /** Kinds of events. Append only: the number is in the journal. */
    public enum Action {
        CONSENT(1),
        /** To profiling. */
        OPPOSITION(2),
        /** Asked for by the member. */
        ERASURE(3),
        /** For want of activity. */
        RETENTION_ERASURE(4);

        private final int code;

        Action(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** Whether what is known of the person is to be deleted. */
        public boolean erases() {
            return this == ERASURE || this == RETENTION_ERASURE;
        }

        /** @throws IllegalArgumentException for a code that no action has */
        public static Action ofCode(int code) {
            for (Action action : values()) {
                if (action.code == code) {
                    return action;
                }
            }
            throw new IllegalArgumentException("privacy action " + code + " is unknown to this version");
        }
    }

    /** An erasure. */
    public static PrivacyEvent erasure(long memberKey, Action action, long givenAtMillis) {
        return new PrivacyEvent(memberKey, action, 0, true, "", Channel.UNSPECIFIED, givenAtMillis);
    }
}
