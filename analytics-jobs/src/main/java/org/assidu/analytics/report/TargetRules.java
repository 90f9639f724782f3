package org.assidu.analytics.report;

import java.util.Set;

/**
 * How target lists are cut.
 *
 * @param contact the consent a member must have given to be on a list
 * @param waveSize members in a wave; 0 = all in one
 * @param excluded member keys of earlier lists
 */
public record TargetRules(Contact contact, int waveSize, Set<Long> excluded) {

    public static final TargetRules DEFAULT = new TargetRules(Contact.EMAIL, 0, Set.of());

    public TargetRules {
        excluded = Set.copyOf(excluded);
    }

    /** How members will be reached, and so which consent a list needs. */
    public enum Contact {
        EMAIL("email", "consent_email", Text.of("consented to e-mail", "ont consenti aux courriels")),
        SMS("sms", "consent_sms", Text.of("consented to text messages", "ont consenti aux SMS")),
        PUSH("push", "consent_push", Text.of("consented to notifications", "ont consenti aux notifications")),
        /** Nobody is written to: an offer at the till for those who come. */
        TILL("till", "", Text.of("need no message", "sans message à envoyer"));

        private final String code;
        private final String column;
        private final Text words;

        Contact(String code, String column, Text words) {
            this.code = code;
            this.column = column;
            this.words = words;
        }

        /** On the command line. */
        public String code() {
            return code;
        }

        /** Of the members table; empty where no consent is needed. */
        String column() {
            return column;
        }

        Text words() {
            return words;
        }
    }
}
