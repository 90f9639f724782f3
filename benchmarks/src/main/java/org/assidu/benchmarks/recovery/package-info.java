/** How long a start takes, what members cost in memory, and what snapshots beside a server cost its sales. */
@NullMarked
package org.assidu.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
