/** Offline readers of a journal: verify and dump. */
@NullMarked
package org.assidu.accrual.replay;

import org.jspecify.annotations.NullMarked;
