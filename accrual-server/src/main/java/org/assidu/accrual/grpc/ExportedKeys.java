package org.assidu.accrual.grpc;

import java.io.IOException;
import java.util.function.LongUnaryOperator;

/** Finds the members behind the keys of an export. */
@FunctionalInterface
public interface ExportedKeys {
    /** The member key of an exported key of a purpose; 0 when none has it. May take as long as going through all members. */
    LongUnaryOperator of(String purpose) throws IOException;
}
