package org.assidu.accrual.grpc;

import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.TokenKind;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers of the wire contract to members. A known one is found here, from memory; only a card that nobody has yet
 * is left to the lookup stage, which may enrol it.
 */
final class MemberMapper {
    private static final int MAX_TEXT = 512;

    private final MemberDirectory directory;

    MemberMapper(MemberDirectory directory) {
        this.directory = directory;
    }

    /** Sets the member of the receipt read last, or leaves it to the lookup stage. @return null when well formed */
    @Nullable
    Refusal resolve(ReceiptMapper read, SalesItem item, int at) {
        ReceiptColumns to = item.receipt(at);
        return switch (read.memberKind) {
            case CARD -> resolveCard(read.memberNumber, item, at);
            case QR_TOKEN -> resolveToken(TokenKind.QR_TOKEN, "member.qr_token", read.memberToken, to);
            case PHONE -> resolveToken(TokenKind.PHONE, "member.phone", read.memberToken, to);
            case EMAIL -> resolveToken(TokenKind.EMAIL, "member.email", read.memberToken, to);
            case MEMBER_KEY -> {
                long current = directory.current(read.memberNumber);
                boolean known = directory.knows(current);
                set(to, known ? current : 0, known ? MemberFact.KNOWN : MemberFact.UNKNOWN);
                yield null;
            }
            case KIND_NOT_SET -> null;
        };
    }

    private @Nullable Refusal resolveCard(long card, SalesItem item, int at) {
        if (!Ean13.isValid(card)) {
            return new Refusal(
                    ReceiptStatus.MALFORMED_IDENTIFIER,
                    "member.card: not an EAN-13; check that it has at most 13 digits and its check digit");
        }
        long found = directory.findCard(card);
        if (found > 0) {
            set(item.receipt(at), found, MemberFact.KNOWN);
        } else if (found < 0) {
            set(item.receipt(at), -found, MemberFact.BLOCKED);
        } else {
            item.resolveCard(at, card);
        }
        return null;
    }

    private @Nullable Refusal resolveToken(TokenKind kind, String field, String value, ReceiptColumns to) {
        if (value.length() > MAX_TEXT || kind.normalised(value) == null) {
            return new Refusal(ReceiptStatus.MALFORMED_IDENTIFIER, field + ": not " + kind.form());
        }
        long found = directory.findToken(kind, value);
        set(to, found, found == 0 ? MemberFact.UNKNOWN : MemberFact.KNOWN);
        return null;
    }

    private static void set(ReceiptColumns to, long memberKey, MemberFact fact) {
        to.memberKey = memberKey;
        to.memberFact = fact;
    }

    /**
     * An identifier as the directory takes it; null for a member key or none.
     *
     * @throws io.grpc.StatusRuntimeException when it is not well formed
     */
    static org.assidu.accrual.directory.@Nullable Identifier identifier(Identifier from, String field) {
        try {
            return switch (from.getKindCase()) {
                case CARD -> org.assidu.accrual.directory.Identifier.card(from.getCard());
                case QR_TOKEN -> token(TokenKind.QR_TOKEN, from.getQrToken());
                case PHONE -> token(TokenKind.PHONE, from.getPhone());
                case EMAIL -> token(TokenKind.EMAIL, from.getEmail());
                case MEMBER_KEY, KIND_NOT_SET -> null;
            };
        } catch (IllegalArgumentException e) {
            throw GrpcErrors.invalidArgument(field, String.valueOf(e.getMessage()));
        }
    }

    private static org.assidu.accrual.directory.Identifier token(TokenKind kind, String value) {
        if (value.length() > MAX_TEXT) {
            throw new IllegalArgumentException("the " + kind + " is not " + kind.form());
        }
        return org.assidu.accrual.directory.Identifier.token(kind, value);
    }
}
