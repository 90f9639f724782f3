package org.assidu.accrual.directory;

/** An identifier is already linked to another member. */
public final class IdentifierConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final IdentifierKind kind;
    private final long linkedMemberKey;
    private final long memberKey;

    IdentifierConflictException(IdentifierKind kind, long linkedMemberKey, long memberKey) {
        super(String.format(
                "the %s is linked to member %016x already, not to member %016x: merge the members or leave it out",
                kind, linkedMemberKey, memberKey));
        this.kind = kind;
        this.linkedMemberKey = linkedMemberKey;
        this.memberKey = memberKey;
    }

    public IdentifierKind kind() {
        return kind;
    }

    /** The member that the identifier stands for. */
    public long linkedMemberKey() {
        return linkedMemberKey;
    }

    /** The member it was to be linked to. */
    public long memberKey() {
        return memberKey;
    }
}
