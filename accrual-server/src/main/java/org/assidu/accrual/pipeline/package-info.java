/**
 * The write path: the only package with threads on it.
 *
 * <pre>
 *  gRPC threads            assidu-lookup              assidu-accrual                     assidu-answers
 *
 *  SalesItem ──┬────────────────────────────▶ ring ─▶ decide ▶ append ▶ apply ─ commit ─▶ barrier ─▶ AnswerSink
 *  ControlItem │ unresolved card, return,      ▲      (AccrualStage: one item            (whatever   (item's slot
 *              │ suspected repeat,             ┊       after the other; waits for         was         is free
 *              │ directory not forced          ┊ done  a lookup that is not done)         committed)  again)
 *              └──▶ find, enrol, force, ───────┘
 *                   read originals
 *                       │                                                                assidu-reads
 *                       ▼                                                                statement, explain,
 *                 MemberDirectory, journal readers                                       directory changes
 * </pre>
 *
 * A slot of the ring stays taken until its answer is given, so the ring's size bounds all work under way. Every answer waits
 * until the last position applied when it was decided is durable; questions ({@link
 * org.assidu.accrual.pipeline.ControlItem}) go the same way. Threads sleep on a {@link org.assidu.accrual.pipeline.Doorbell}
 * and never spin. The first exception on any of them is fatal for all ({@link org.assidu.accrual.pipeline.FailStop}).
 */
@NullMarked
package org.assidu.accrual.pipeline;

import org.jspecify.annotations.NullMarked;
