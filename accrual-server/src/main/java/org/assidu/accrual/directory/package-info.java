/** Identifiers of people and their random member keys; known to nothing else. */
@NullMarked
package org.assidu.accrual.directory;

import org.jspecify.annotations.NullMarked;
