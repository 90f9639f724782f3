package org.assidu.accrual.replication;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** The machine-readable reason of a refused call. */
final class Refusal {
    private Refusal() {}

    /** Empty when there is none. */
    static String reason(StatusRuntimeException error) {
        Status status = StatusProto.fromThrowable(error);
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    try {
                        return detail.unpack(ErrorInfo.class).getReason();
                    } catch (InvalidProtocolBufferException unreadable) {
                        return "";
                    }
                }
            }
        }
        return "";
    }
}
