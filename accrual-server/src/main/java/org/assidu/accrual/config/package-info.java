/** Parsing helpers for settings; each package keeps its own config record. */
@NullMarked
package org.assidu.accrual.config;

import org.jspecify.annotations.NullMarked;
