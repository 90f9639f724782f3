package org.assidu.accrual.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller is to the chain; a token names one or more. */
public enum Role {
    /** A till, or the gateway of a store. */
    TILL,
    SERVICE_DESK,
    STORE_MANAGER,
    MARKETING,
    ANALYST,
    ACCOUNTANT,
    PRIVACY_OFFICER,
    OPERATOR,
    /** A member, through an app: reaches nobody but themselves. */
    MEMBER_SELF,
    /** A server that follows another one, or may take its place: sees every record. */
    STANDBY;

    /** The form in tokens and on the command line, such as {@code service-desk}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty when no role has this text. */
    public static Optional<Role> ofText(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    /** All texts, for messages. */
    public static String texts() {
        return Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "));
    }
}
