/** Long forms of the tests that look for lost or doubled sales: the simulator and the kill loop, which live in accrual-server's test tree. */
@NullMarked
package org.assidu.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
