/**
 * {@code bench reports}: how long the reports take on generated sales of growing size, start-up, sums and models apart, beside
 * DuckDB working out the same sums from the same files.
 */
@NullMarked
package org.assidu.benchmarks.reports;

import org.jspecify.annotations.NullMarked;
