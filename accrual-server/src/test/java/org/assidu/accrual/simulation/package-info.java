/**
 * A deterministic simulator of the whole write path, after FoundationDB and TigerBeetle: one thread, virtual time, every choice
 * from one seed. Real: engine, codec, journal frames and files, lookup, accrual and answers stages, recovery, member directory.
 * Simulated: clocks, tills, network, the moments at which anything runs, and what a disk keeps.
 *
 * <pre>
 *  SimulatedTill ─┐                 ┌─▶ SteppedPipeline ─▶ ObservedJournal ─▶ MemoryStorage | FolderStorage
 *  SimulatedDesk ─┴─ SimulatedNetwork                        │ every record         loses and tears what no force covers
 *                    loses, repeats, delays                  ▼
 *                                                          Ledger, History: what must hold, kept a second time
 * </pre>
 *
 * {@link org.assidu.accrual.simulation.Simulate} runs it from the command line. Nothing here uses a test framework.
 */
package org.assidu.accrual.simulation;
