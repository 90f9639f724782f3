/**
 * Who may do what, and how much of it: roles and their scopes, the one table that says which role may call which method,
 * tokens, and quotas of clients. Knows no transport: the endpoint asks it.
 */
@NullMarked
package org.assidu.accrual.access;

import org.jspecify.annotations.NullMarked;
