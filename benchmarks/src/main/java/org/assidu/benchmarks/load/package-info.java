/**
 * The load test: one client process against three servers in processes of their own, measured in turn.
 *
 * <pre>
 *   LoadCommand ── starts ──▶ noop   (parses, answers, keeps nothing)
 *        │                    fast   (assidu serve --durability fast)
 *        │                    durable(assidu serve --durability durable)
 *        └─ per round, shape, target: closed loop (peak), then open loop (latency at half of durable's peak)
 * </pre>
 */
@NullMarked
package org.assidu.benchmarks.load;

import org.jspecify.annotations.NullMarked;
