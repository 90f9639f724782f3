package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.Mechanics.Guards;
import org.assidu.accrual.model.Mechanics.Objective;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;

/** Everything that a programme says in one language, part by part, in the order in which a member reads it. */
final class ProgrammeSentences {
    private final ProgrammeDocument document;
    private final Mechanics mechanics;
    private final ProgrammeWords words;
    private final Phrases phrases;
    private final ProgrammeNames names;
    private final List<PartText> parts = new ArrayList<>();

    private ProgrammeSentences(ProgrammeDocument document, boolean french) {
        this.document = document;
        this.mechanics = document.mechanics();
        this.words = french ? new FrenchProgrammeWords() : new EnglishProgrammeWords();
        this.phrases = french ? Phrases.french() : Phrases.english();
        this.names = new ProgrammeNames(document, words, french);
    }

    static List<PartText> of(ProgrammeDocument document, boolean french) {
        return new ProgrammeSentences(document, french).all();
    }

    static String title(ProgrammeDocument document, boolean french) {
        Phrases phrases = french ? Phrases.french() : Phrases.english();
        return phrases.say("title", name(document, french), phrases.day(firstDay(document)));
    }

    static String name(ProgrammeDocument document, boolean french) {
        return french ? document.nameFr() : document.nameEn();
    }

    /** First day of validity, in the programme's zone. */
    static LocalDate firstDay(ProgrammeDocument document) {
        return Instant.ofEpochMilli(document.effectiveFromMillis())
                .atZone(ZoneId.of(document.timeZone()))
                .toLocalDate();
    }

    private List<PartText> all() {
        base();
        rules();
        frame();
        return List.copyOf(parts);
    }

    private void base() {
        List<String> earning = new ArrayList<>();
        earning.add(words.earning(document));
        earning.addAll(words.exclusions(document));
        parts.add(PartText.of("earning", earning));
        parts.add(PartText.of("guards", guards(mechanics.guards())));
        PurseSentences purses = new PurseSentences(document, phrases);
        List<String> purse = new ArrayList<>();
        purse.add(words.rounding(document.purse().rounding()));
        purse.addAll(purses.points());
        parts.add(PartText.of("purse", purse));
        mechanics.moneyPurses().forEach(money -> parts.add(purses.money(money)));
    }

    private void rules() {
        document.thresholdRewards().forEach(reward -> {
            List<String> members = new ArrayList<>(words.reward(document, reward));
            ShopSentences.validity(phrases, reward.validDays(), reward.reminderDays(), "reward.valid", members);
            parts.add(new PartText(new ProgrammePart("threshold_rewards", reward.id()), members, List.of()));
        });
        BonusSentences bonuses = new BonusSentences(document, phrases, names);
        mechanics.bonuses().forEach(bonus -> parts.add(bonuses.of(bonus)));
        StatusSentences status = new StatusSentences(document, phrases, names);
        mechanics.acts().forEach(act -> parts.add(status.act(act)));
        Tiers tiers = mechanics.tiers();
        if (tiers != null) {
            parts.add(status.tiers(tiers));
            tiers.levels().forEach(level -> parts.add(status.level(tiers.measure(), level)));
        }
        mechanics.clubs().forEach(club -> parts.add(status.club(club)));
        ShopSentences shop = new ShopSentences(document, phrases, names);
        mechanics.shop().forEach(reward -> parts.add(shop.reward(reward)));
        mechanics.promoCodes().forEach(code -> parts.add(shop.promoCode(code)));
    }

    private void frame() {
        parts.add(PartText.of(
                "return_window_days",
                List.of(words.returns(document), words.negative(document.purse().negative()))));
        parts.add(new PartText(
                ProgrammePart.of("accepted_window"),
                List.of(words.window(document)),
                List.of(phrases.say("owner.ahead", document.acceptedAheadMinutes()))));
        Desk desk = mechanics.desk();
        parts.add(new PartText(
                ProgrammePart.of("desk"),
                desk.claimDays() == 0
                        ? List.of()
                        : List.of(phrases.say("claims", phrases.count("days", desk.claimDays()))),
                List.of(phrases.say(
                        "owner.desk", phrases.points(desk.adjustmentLimit()), phrases.points(desk.approvalAbove())))));
        if (mechanics.noticeDays() != 0) {
            parts.add(PartText.of(
                    "notice_days", List.of(phrases.say("notice", phrases.count("days", mechanics.noticeDays())))));
        }
        if (mechanics.lastEarnDay() != null) {
            parts.add(PartText.of(
                    "last_earn_day", List.of(phrases.say("close.earn", phrases.day(mechanics.lastEarnDay())))));
        }
        if (mechanics.lastBurnDay() != null) {
            parts.add(PartText.of(
                    "last_burn_day", List.of(phrases.say("close.burn", phrases.day(mechanics.lastBurnDay())))));
        }
        parts.add(
                PartText.of("cards", document.cards().stream().map(words::cards).toList()));
        mechanics.objectives().forEach(objective -> parts.add(objective(objective)));
        owner(
                "largest_amount",
                phrases.say(
                        "owner.largest_amount",
                        phrases.money(
                                BigDecimal.valueOf(document.largestAmountMinor(), digits()), document.currency())));
        owner("open_receipt_timeout_minutes", phrases.say("owner.open_receipt", document.openReceiptTimeoutMinutes()));
    }

    private int digits() {
        return Math.max(0, Currency.getInstance(document.currency()).getDefaultFractionDigits());
    }

    private void owner(String section, String sentence) {
        parts.add(new PartText(ProgrammePart.of(section), List.of(), List.of(sentence)));
    }

    private List<String> guards(Guards guards) {
        List<String> sentences = new ArrayList<>();
        if (!guards.neverEarn().isEmpty()) {
            sentences.add(phrases.say("guard.never_earn", phrases.list(guards.neverEarn())));
        }
        if (!guards.neverPromote().isEmpty()) {
            sentences.add(phrases.say("guard.never_promote", phrases.list(guards.neverPromote())));
        }
        guards.mostAdvantage()
                .forEach(most -> sentences.add(
                        phrases.say("guard.most_advantage", most.category(), phrases.number(most.percent()))));
        return sentences;
    }

    private PartText objective(Objective objective) {
        String target = switch (objective.metric()) {
            case RETENTION_PERCENT, REPURCHASE_PERCENT -> phrases.number(objective.target());
            case AVERAGE_BASKET, COST_CEILING -> phrases.money(objective.target(), document.currency());
        };
        String days = phrases.days(objective.firstDay(), objective.lastDay());
        String sentence = phrases.say(
                "owner.objective",
                phrases.say("objective." + BonusSentences.key(objective.metric()), target),
                days == null ? "" : days);
        return new PartText(new ProgrammePart("objectives", objective.id()), List.of(), List.of(sentence));
    }
}
