package org.assidu.accrual.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Errors of calls as {@code google.rpc.Status}: what is wrong, a reason for machines, and what to do next. */
public final class GrpcErrors {
    /** Domain of every {@link ErrorInfo}. */
    public static final String DOMAIN = "accrual.assidu.org";

    private GrpcErrors() {}

    /** A field of the request is wrong; sending it again unchanged cannot succeed. */
    public static StatusRuntimeException invalidArgument(String field, String description) {
        BadRequest violation = BadRequest.newBuilder()
                .addFieldViolations(
                        BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description))
                .build();
        return error(Code.INVALID_ARGUMENT, "INVALID_FIELD", field + ": " + description, Any.pack(violation));
    }

    public static StatusRuntimeException notFound(String reason, String message) {
        return error(Code.NOT_FOUND, reason, message);
    }

    /** The request is fine, and what exists stands against it. */
    public static StatusRuntimeException failedPrecondition(String reason, String message) {
        return error(Code.FAILED_PRECONDITION, reason, message);
    }

    /** Something with the same name exists and differs. */
    public static StatusRuntimeException alreadyExists(String reason, String message) {
        return error(Code.ALREADY_EXISTS, reason, message);
    }

    /** No room now; the same call may succeed after the pause. */
    public static StatusRuntimeException resourceExhausted(String reason, String message, int retryMillis) {
        return error(Code.RESOURCE_EXHAUSTED, reason, message, retryAfter(retryMillis));
    }

    /** This server cannot answer any more, or not yet; another connection may. */
    public static StatusRuntimeException unavailable(String reason, String message, int retryMillis) {
        return error(Code.UNAVAILABLE, reason, message, retryAfter(retryMillis));
    }

    /** The caller is not known: no token, or one that is not taken. */
    public static StatusRuntimeException unauthenticated(String reason, String message) {
        return error(Code.UNAUTHENTICATED, reason, message);
    }

    /** The caller is known, and may not do this. */
    public static StatusRuntimeException permissionDenied(String reason, String message) {
        return error(Code.PERMISSION_DENIED, reason, message);
    }

    /** The service broke a promise of its own; the message says what to report. */
    public static StatusRuntimeException internal(String reason, String message) {
        return error(Code.INTERNAL, reason, message);
    }

    private static Any retryAfter(int millis) {
        return Any.pack(RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(millis / 1_000).setNanos(millis % 1_000 * 1_000_000))
                .build());
    }

    private static StatusRuntimeException error(Code code, String reason, String message, Any... details) {
        Status.Builder status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .build()));
        for (Any detail : details) {
            status.addDetails(detail);
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
