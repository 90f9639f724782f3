package org.assidu.accrual.admin;

import java.io.IOException;
import java.nio.file.Path;

/** Copies the directory of the running server into an empty folder. */
@FunctionalInterface
public interface DirectoryCopyRun {

    /** @return people of whom something is known */
    long run(Path folder) throws IOException;
}
