package org.assidu.accrual.directory;

import java.util.Locale;

/** What may be known of a person. The names are in the store: append only. */
public enum PersonalField {
    GIVEN_NAME,
    FAMILY_NAME,
    /** As yyyy-mm-dd. */
    BIRTH_DATE,
    PHONE,
    EMAIL,
    ADDRESS,
    POSTAL_CODE,
    CITY,
    COUNTRY,
    LANGUAGE;

    /** As in the wire contract. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
