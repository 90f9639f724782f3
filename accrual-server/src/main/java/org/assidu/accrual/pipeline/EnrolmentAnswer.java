package org.assidu.accrual.pipeline;

/**
 * A person joined, or had joined before.
 *
 * @param created false when one of the identifiers was already linked to this member
 */
public record EnrolmentAnswer(long memberKey, boolean created, long position) {}
