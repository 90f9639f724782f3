package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A programme version published, or the reasons why not.
 *
 * @param version null when there are problems; the newest version again when the very same document is already in force
 * @param problems what the compiler or the versions before it object to; paths without lines
 */
public record PublicationAnswer(@Nullable ProgrammeVersion version, List<Problem> problems, long position) {}
