/** Composition root: constructs in order, closes in reverse. */
@NullMarked
package org.assidu.accrual.server;

import org.jspecify.annotations.NullMarked;
