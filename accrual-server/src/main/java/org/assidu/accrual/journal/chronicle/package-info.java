/** The journal on Chronicle Queue; the only package that sees it. */
@NullMarked
package org.assidu.accrual.journal.chronicle;

import org.jspecify.annotations.NullMarked;
