/**
 * A primary and the standbys that follow it.
 *
 * <pre>
 *  primary                                                        standby
 *  directory rows ┐                                              ┌▶ directory rows, forced
 *  journal ───────┴▶ JournalStream ── FollowJournal ─▶ FollowAgent ─▶ Follower ┼▶ chain checked ▶ own journal, forced
 *  (what is durable)   state hash, positions                     └▶ own engine ▶ state hash compared
 * </pre>
 *
 * Batches keep their records, positions and hashes, so one chain runs through the journals of all servers. {@link
 * org.assidu.accrual.replication.Follower} takes responses and has no network; {@link
 * org.assidu.accrual.replication.FollowAgent} brings them. Which of the servers may serve is a matter of epochs: {@link
 * org.assidu.accrual.replication.RoleFiles} keeps what a data directory is, {@link
 * org.assidu.accrual.replication.EpochGuard} stops a server that was replaced.
 */
@NullMarked
package org.assidu.accrual.replication;

import org.jspecify.annotations.NullMarked;
