/**
 * The composition root: a data directory's layout, a server's settings, and its parts put together by constructors in the
 * order in which they need each other.
 */
@NullMarked
package org.assidu.accrual.server;

import org.jspecify.annotations.NullMarked;
