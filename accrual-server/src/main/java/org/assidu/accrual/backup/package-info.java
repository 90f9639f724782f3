/**
 * Copies of a data directory: whole, incremental, verified, and back again.
 *
 * <pre>
 * journal, snapshots, seals ─▶ backup     ─┐
 * directory                 ─▶ another one ─┴▶ restore ─▶ new data directory
 * </pre>
 *
 * A backup names what it holds in a {@link org.assidu.accrual.backup.Manifest}, written last; a journal's copy is appended to
 * from one run to the next, so bytes behind what the manifest names are of no account. Personal data goes to a folder of its
 * own, so that it can be kept, moved and deleted apart.
 */
@NullMarked
package org.assidu.accrual.backup;

import org.jspecify.annotations.NullMarked;
