/** Spark jobs that turn Parquet exports into reports. */
@NullMarked
package org.assidu.analytics;

import org.jspecify.annotations.NullMarked;
