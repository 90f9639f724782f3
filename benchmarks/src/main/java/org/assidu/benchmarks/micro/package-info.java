/**
 * What one step of the write path costs by itself, under JMH: {@code bench micro}. The receipt is the same everywhere: five
 * lines of a supermarket, paid by card, of a known member ({@link org.assidu.benchmarks.micro.SampleReceipts}).
 */
@NullMarked
package org.assidu.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
