package org.assidu.accrual.grpc;

import java.nio.charset.StandardCharsets;

/** Who is recorded as the author of what a person at the desk does. */
final class Authors {
    private static final int MAX_AUTHOR_BYTES = 64;
    private static final int MAX_REASON_BYTES = 200;

    private Authors() {}

    /**
     * The subject of the caller's token, so that nobody signs for another; what the request says only without tokens.
     *
     * @throws io.grpc.StatusRuntimeException when the request names somebody else
     */
    static String author(String asked) {
        Session session = Session.current();
        if (session == null) {
            return text(asked, "author", MAX_AUTHOR_BYTES);
        }
        String subject = session.caller().subject();
        if (!asked.isEmpty() && !asked.equals(subject)) {
            throw GrpcErrors.permissionDenied(
                    "AUTHOR_IS_NOT_YOU",
                    "the author is not this token's subject \"" + subject
                            + "\": leave it empty, or have that person send it with their own token");
        }
        return subject;
    }

    /** As {@link #author}, of a call that must have one. */
    static String required(String asked) {
        String author = author(asked);
        if (author.isEmpty()) {
            throw GrpcErrors.invalidArgument("author", "missing; send the pseudonym of the person who asks");
        }
        return author;
    }

    static String reason(String reason) {
        return text(reason, "reason", MAX_REASON_BYTES);
    }

    static String requiredReason(String reason) {
        if (reason.isBlank()) {
            throw GrpcErrors.invalidArgument("reason", "missing; send a code or words for auditors, no personal data");
        }
        return reason(reason);
    }

    static String text(String value, String field, int most) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw GrpcErrors.invalidArgument(field, bytes + " bytes; send at most " + most);
        }
        return value;
    }
}
