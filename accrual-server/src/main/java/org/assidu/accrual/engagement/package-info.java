/**
 * Engagement events out of the journal: what its records tell a CRM to act on, as messages of the wire contract, up to the
 * durable position and no further; and the forwarders that bring them to a webhook or a file. It reads records as they were
 * written and needs no engine, so the same position always tells the same.
 */
@NullMarked
package org.assidu.accrual.engagement;

import org.jspecify.annotations.NullMarked;
