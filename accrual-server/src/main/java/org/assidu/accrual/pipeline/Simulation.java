package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.OutcomeColumns;

/** What a receipt would earn for a new member; nothing is recorded. */
public record Simulation(OutcomeColumns outcome, List<MemberAnswer.UsableReward> alerts) {}
