/**
 * Readers of a journal that rebuild and check: replay of outcomes into an engine (recovery starts with it), verification by
 * deciding everything again, state as of a position, dump.
 */
@NullMarked
package org.assidu.accrual.replay;

import org.jspecify.annotations.NullMarked;
