package org.assidu.accrual.cli;

import picocli.CommandLine.Option;

/** Who does something at the desk, and why. */
final class AuthorOption {
    @Option(
            names = "--author",
            defaultValue = "",
            description = "Pseudonym of who asks; with a token it is the token's subject.")
    private String author = "";

    @Option(names = "--reason", defaultValue = "", description = "Code or words for auditors, no personal data.")
    private String reason = "";

    String author() {
        return author;
    }

    String reason() {
        return reason;
    }
}
