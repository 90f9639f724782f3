package org.assidu.accrual.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The commented programmes that come with the server. */
final class ShippedProgrammes {
    static final List<String> NAMES = List.of("points", "online-retail");

    private ShippedProgrammes() {}

    /** @throws IllegalArgumentException when there is none of that name */
    static String text(String name) throws IOException {
        try (InputStream in = ShippedProgrammes.class.getResourceAsStream("/programmes/" + name + ".yaml")) {
            if (in == null || !NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "template '" + name + "' is unknown; there are " + String.join(", ", NAMES));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
