/**
 * The state of a server as it was at one position of its journal, in files of their own: written whole or not at all, checked
 * block by block before anything is believed, and never needed to be right, since the journal alone can make the state again.
 *
 * <pre>
 * state ─▶ StateSink ─▶ blocks with CRC32C ─▶ 000000012345.snapshot.tmp ─▶ force ─▶ move ─▶ force folder
 * </pre>
 */
@NullMarked
package org.assidu.accrual.snapshot;

import org.jspecify.annotations.NullMarked;
