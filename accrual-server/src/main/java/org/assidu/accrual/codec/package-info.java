/** Versioned byte layouts of journal records. */
@NullMarked
package org.assidu.accrual.codec;

import org.jspecify.annotations.NullMarked;
