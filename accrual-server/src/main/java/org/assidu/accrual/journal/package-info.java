/**
 * Opaque records at dense positions, written in batches that form one hash chain, durable up to a barrier.
 *
 * <pre>
 * append, append, commit ─▶ one document: [batch header | record | record | …] ─▶ gen-000003/… ─▶ force ─▶ slots
 *                                                                 readers ◀────────────┘
 * </pre>
 *
 * Everything that decides what a journal means lives here: frames, the chain, generations, seals, the acknowledged
 * slots, verification and recovery. An implementation only says how documents lie in files ({@link
 * org.assidu.accrual.journal.DocumentStore}).
 */
@NullMarked
package org.assidu.accrual.journal;

import org.jspecify.annotations.NullMarked;
