package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.MemberStanding;

/**
 * Where a member stands.
 *
 * @param position last journal position that this reflects
 */
public record StandingAnswer(MemberStanding standing, long position) {}
