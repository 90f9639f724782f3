/** Health, status, publication and export for operators. */
@NullMarked
package org.assidu.accrual.admin;

import org.jspecify.annotations.NullMarked;
