package org.assidu.accrual.cli;

import java.nio.file.Path;
import org.assidu.accrual.load.SyntheticChain;

final class SyntheticParquetRun {
    static void write(SyntheticChain chain, Path folder, long lines, Output output) {}
}
