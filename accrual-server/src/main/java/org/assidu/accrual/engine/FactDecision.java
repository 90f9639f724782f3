package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.programme.Programme;

/** Writes movements that are facts: lots are chosen as ever, but nothing is refused and a purse may fall below zero. */
final class FactDecision {
    private final Programmes programmes;
    private final Draft draft;

    FactDecision(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    /** @param member whose points and balance the outcome tells; 0 = nobody's */
    void decide(List<FactMovement> movements, long member, long nowMillis, OutcomeColumns out) {
        Programme inForce = programmes.at(nowMillis);
        Programme programme = inForce == null ? programmes.newest() : inForce;
        if (programme == null) {
            throw new IllegalStateException("no programme is published, so that no purse can move");
        }
        out.programmeVersion = programme.version();
        draft.start(out, NegativePolicy.ALLOW);
        draft.creditFor(Math.max(programme.day(nowMillis), draft.today()));
        for (FactMovement fact : movements) {
            draft.move(
                    fact.memberKey(),
                    fact.purse(),
                    fact.kind(),
                    fact.micro(),
                    Programme.NO_RULE,
                    programme.version(),
                    LotKey.NONE);
        }
        draft.finish(member);
    }
}
