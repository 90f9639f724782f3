/** Load tests and micro benchmarks. */
@NullMarked
package org.assidu.benchmarks;

import org.jspecify.annotations.NullMarked;
