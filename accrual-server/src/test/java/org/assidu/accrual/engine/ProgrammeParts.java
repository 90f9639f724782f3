package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.PublishedProgramme;

/** A published programme with parts exchanged, as values and not as text. */
record ProgrammeParts(PublishedProgramme source, ProgrammeDocument document) {

    static ProgrammeParts of(PublishedProgramme source) {
        return new ProgrammeParts(source, source.document());
    }

    ProgrammeParts purse(Purse purse) {
        return with(purse, document.mechanics());
    }

    ProgrammeParts moneyPurses(List<MoneyPurse> purses) {
        Mechanics m = document.mechanics();
        return with(
                document.purse(),
                new Mechanics(
                        purses,
                        m.bonuses(),
                        m.acts(),
                        m.tiers(),
                        m.clubs(),
                        m.shop(),
                        m.promoCodes(),
                        m.guards(),
                        m.objectives(),
                        m.desk(),
                        m.noticeDays(),
                        m.lastEarnDay(),
                        m.lastBurnDay()));
    }

    private ProgrammeParts with(Purse purse, Mechanics mechanics) {
        ProgrammeDocument d = document;
        return new ProgrammeParts(
                source,
                new ProgrammeDocument(
                        d.id(),
                        d.nameEn(),
                        d.nameFr(),
                        d.effectiveFromMillis(),
                        d.timeZone(),
                        d.currency(),
                        d.numbering(),
                        d.acceptedPastDays(),
                        d.acceptedAheadMinutes(),
                        d.returnWindowDays(),
                        d.returnsRestoreRewards(),
                        d.openReceiptTimeoutMinutes(),
                        d.largestAmountMinor(),
                        purse,
                        d.earning(),
                        d.thresholdRewards(),
                        d.cards(),
                        mechanics));
    }

    PublishedProgramme published() {
        return new PublishedProgramme(
                source.version(), source.sha256(), source.canonicalText(), source.sourceText(), document);
    }
}
