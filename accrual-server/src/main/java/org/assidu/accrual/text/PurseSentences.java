package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ProgrammeDocument.ValidityUnit;
import org.assidu.accrual.model.ProgrammePart;

/** How long points and money live, and when they can be used. */
final class PurseSentences {
    private final ProgrammeDocument document;
    private final Phrases phrases;

    PurseSentences(ProgrammeDocument document, Phrases phrases) {
        this.document = document;
        this.phrases = phrases;
    }

    List<String> points() {
        List<String> sentences = new ArrayList<>();
        lives("purse.", document.purse(), sentences);
        return sentences;
    }

    PartText money(MoneyPurse money) {
        List<String> members = new ArrayList<>();
        members.add(phrases.say("money.purse", money.purse().id()));
        if (money.minimumToSpend().signum() != 0) {
            members.add(phrases.say("money.minimum", phrases.money(money.minimumToSpend(), document.currency())));
        }
        if (money.pointsPerUnit() != null) {
            members.add(phrases.say(
                    "money.convert",
                    phrases.points(money.pointsPerUnit()),
                    phrases.money(BigDecimal.ONE, document.currency())));
        }
        lives("money.", money.purse(), members);
        return new PartText(new ProgrammePart("money_purses", money.purse().id()), members, List.of());
    }

    private void lives(String prefix, Purse purse, List<String> sentences) {
        if (purse.pendingDays() != 0) {
            sentences.add(phrases.say(prefix + "pending", phrases.count("days", purse.pendingDays())));
        }
        Validity validity = purse.validity();
        if (validity == null) {
            return;
        }
        String length = phrases.count(validity.unit() == ValidityUnit.DAYS ? "days" : "months", validity.length());
        sentences.add(phrases.say(prefix + "validity." + BonusSentences.key(validity.end()), length));
        if (validity.renewedByActivity()) {
            sentences.add(phrases.say(prefix + "renewed"));
        }
        if (!purse.reminderDays().isEmpty()) {
            List<String> days = purse.reminderDays().stream()
                    .map(day -> phrases.count("days", day))
                    .toList();
            sentences.add(phrases.say("purse.reminder", phrases.list(days)));
        }
    }
}
