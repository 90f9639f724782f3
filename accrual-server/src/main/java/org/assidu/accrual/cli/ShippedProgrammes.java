package org.assidu.accrual.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The commented programmes that come with the server. */
final class ShippedProgrammes {
    static final List<String> NAMES = List.of(
            "points",
            "cagnotte",
            "tiers",
            "club",
            "shop",
            "whole",
            "online-retail",
            "anniversary",
            "articles",
            "basket",
            "birthday",
            "brand-bonus",
            "category-bonus",
            "closing",
            "custom-event",
            "desk",
            "dormancy",
            "double-points-day",
            "exclusive",
            "guards",
            "happy-hour",
            "local",
            "member-price",
            "nth-visit",
            "objectives",
            "pending",
            "promo-code",
            "referral",
            "segments",
            "side-by-side",
            "stamps",
            "validity",
            "welcome");

    private ShippedProgrammes() {}

    /** The first line, which says what the programme does. */
    static String title(String name) throws IOException {
        return text(name).lines().findFirst().orElse("").replaceFirst("^# *", "");
    }

    /** @throws IllegalArgumentException when there is none of that name */
    static String text(String name) throws IOException {
        try (InputStream in = ShippedProgrammes.class.getResourceAsStream("/programmes/" + name + ".yaml")) {
            if (in == null || !NAMES.contains(name)) {
                throw new IllegalArgumentException("template '" + name + "' is unknown; programme init --list names"
                        + " them: " + String.join(", ", NAMES));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
