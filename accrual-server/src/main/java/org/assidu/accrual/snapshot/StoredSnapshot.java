package org.assidu.accrual.snapshot;

import java.nio.file.Path;

/** A snapshot's file, as its name and size say; whether it is good shows when it is read. */
public record StoredSnapshot(Path file, long position, long bytes) {}
