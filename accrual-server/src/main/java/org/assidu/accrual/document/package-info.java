/** Programme documents as YAML or JSON, with the line numbers of every problem. */
@NullMarked
package org.assidu.accrual.document;

import org.jspecify.annotations.NullMarked;
