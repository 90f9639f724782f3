/** Compiled programmes: validation and earning arithmetic in integers. */
@NullMarked
package org.assidu.accrual.programme;

import org.jspecify.annotations.NullMarked;
