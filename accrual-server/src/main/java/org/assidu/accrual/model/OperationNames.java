package org.assidu.accrual.model;

/** What readers of the journal tell of an operation, beside its kind. */
public final class OperationNames {
    private static final int STORE_OF_ACT = 1;

    private OperationNames() {}

    /** What it was about: the tag, the code of an act that has one, or what act it was; empty = nothing. */
    public static String subject(Operation operation) {
        return switch (operation.kind()) {
            case TAG, UNTAG -> operation.subject();
            case ACT ->
                operation.details().isEmpty() || operation.details().get(0).isEmpty()
                        ? operation.subject()
                        : operation.details().get(0);
            default -> "";
        };
    }

    /** Store that an act concerns; empty = none. */
    public static String store(Operation operation) {
        boolean told =
                operation.kind() == OperationKind.ACT && operation.details().size() > STORE_OF_ACT;
        return told ? operation.details().get(STORE_OF_ACT) : "";
    }
}
