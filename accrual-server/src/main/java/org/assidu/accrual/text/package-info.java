/** Texts for members and cashiers, French and English. */
@NullMarked
package org.assidu.accrual.text;

import org.jspecify.annotations.NullMarked;
