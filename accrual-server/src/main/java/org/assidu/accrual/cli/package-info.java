/** Command line. */
@NullMarked
package org.assidu.accrual.cli;

import org.jspecify.annotations.NullMarked;
