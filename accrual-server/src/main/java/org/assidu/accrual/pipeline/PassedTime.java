package org.assidu.accrual.pipeline;

/**
 * How far time has passed for members.
 *
 * @param day of the newest tick, since 1970-01-01; 0 while time changes nothing
 * @param ticks days begun since the process started
 * @param settlements members settled by sweeps since the process started
 * @param longestSliceMicros longest time that a slice of a sweep kept sales waiting
 * @param lotBytes heap taken by lots
 */
public record PassedTime(int day, long ticks, long settlements, long longestSliceMicros, long lotBytes) {}
