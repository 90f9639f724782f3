package org.assidu.accrual.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.function.Consumer;
import org.assidu.accrual.access.AccessRule;
import org.assidu.accrual.access.Scope;
import org.assidu.proto.v1.Identifier;

/** Holds a request against the scope of its caller, by the paths that the method's rule names. */
final class RequestScope {
    private RequestScope() {}

    /** @throws io.grpc.StatusRuntimeException PERMISSION_DENIED when the request is about others */
    static void check(AccessRule rule, Session session, Message request) {
        if (session.scope() == Scope.OWN_STORES && rule.store() != null) {
            visit(request, rule.store().split("\\."), 0, value -> session.checkStore((String) value));
        }
        if (session.scope() == Scope.SELF && rule.member() != null) {
            visit(request, rule.member().split("\\."), 0, value -> checkSelf(session, (Identifier) value));
        }
    }

    private static void checkSelf(Session session, Identifier member) {
        if (member.getKindCase() != Identifier.KindCase.MEMBER_KEY
                || member.getMemberKey() != session.caller().memberKey()) {
            throw GrpcErrors.permissionDenied(
                    "NOT_YOURSELF", "this token is for its own member only: send that member's key as the member");
        }
    }

    /** All values at a path; of a message that is absent, its empty form. */
    private static void visit(Message message, String[] path, int at, Consumer<Object> each) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(path[at]);
        if (field.isRepeated()) {
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                value(message.getRepeatedField(field, i), path, at, each);
            }
        } else {
            value(message.getField(field), path, at, each);
        }
    }

    private static void value(Object value, String[] path, int at, Consumer<Object> each) {
        if (at + 1 == path.length) {
            each.accept(value);
        } else {
            visit((Message) value, path, at + 1, each);
        }
    }
}
