/**
 * What people may ask about their data: access, rectification, opposition, erasure; and the limit of how long it is kept. An
 * erasure is a journal record first and a deletion afterwards, which goes on after a restart.
 */
@NullMarked
package org.assidu.accrual.privacy;

import org.jspecify.annotations.NullMarked;
