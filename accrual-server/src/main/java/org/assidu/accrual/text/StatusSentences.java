package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ClubAccess;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;

/** What acts, tiers and clubs say. */
final class StatusSentences {
    private final ProgrammeDocument document;
    private final Phrases phrases;
    private final ProgrammeNames names;

    StatusSentences(ProgrammeDocument document, Phrases phrases, ProgrammeNames names) {
        this.document = document;
        this.phrases = phrases;
        this.names = names;
    }

    PartText act(Act act) {
        List<String> gifts = new ArrayList<>();
        if (act.points().signum() != 0) {
            gifts.add(phrases.points(act.points()));
        }
        if (act.reward() != null) {
            gifts.add(names.reward(act.reward()));
        }
        String about = switch (act.kind()) {
            case CUSTOM -> act.code() == null ? "" : act.code();
            case TIER_ENTRY -> act.code() == null ? "" : names.level(act.code());
            case EVERY_MONTHS -> phrases.count("months", act.number());
            case DORMANT -> phrases.count("days", act.number());
            case WELCOME, PROFILE_COMPLETED, REFERRER, REFERRED, REVIEW, SURVEY, BIRTHDAY -> "";
        };
        String told = gifts.isEmpty() ? "act.told." : "act.";
        String said = phrases.say(told + BonusSentences.key(act.kind()), phrases.list(gifts), about);
        String sentence = act.times() == 0
                ? phrases.say("act", said)
                : phrases.say("act.times", said, phrases.count("times", act.times()));
        return new PartText(new ProgrammePart("acts", act.id()), List.of(sentence), List.of());
    }

    PartText tiers(Tiers tiers) {
        List<String> members = new ArrayList<>();
        String window = phrases.say(
                "tiers.window." + BonusSentences.key(tiers.window()), phrases.count("months", tiers.months()));
        members.add(phrases.say("tiers." + BonusSentences.key(tiers.measure()), window));
        if (tiers.window() == TierWindow.LIFETIME) {
            members.add(phrases.say("tiers.lifetime"));
        } else {
            String kept = "tiers.kept." + BonusSentences.key(tiers.window());
            members.add(phrases.say(
                    tiers.graceDays() == 0 ? kept : kept + ".grace",
                    phrases.count("months", tiers.months()),
                    phrases.count("days", tiers.graceDays())));
            members.add(phrases.say("tiers.downgrade." + BonusSentences.key(tiers.downgrade())));
        }
        remind("tiers.reminder", tiers.reminderDays(), members);
        return PartText.of("tiers", members);
    }

    private void remind(String key, List<Integer> reminderDays, List<String> to) {
        if (!reminderDays.isEmpty()) {
            List<String> days =
                    reminderDays.stream().map(day -> phrases.count("days", day)).toList();
            to.add(phrases.say(key, phrases.list(days)));
        }
    }

    PartText level(TierMeasure measure, Tier tier) {
        List<String> says = new ArrayList<>();
        says.add(phrases.say(
                "tier.reaches", measure == TierMeasure.SPEND ? money(tier.reaches()) : phrases.points(tier.reaches())));
        if (!ProgrammeWords.isOne(tier.multiplier())) {
            says.add(phrases.say("tier.multiplier", phrases.number(tier.multiplier())));
        }
        if (!tier.perks().isEmpty()) {
            says.add(phrases.say("tier.perks", phrases.list(tier.perks())));
        }
        String name = names.of(tier.nameEn(), tier.nameFr());
        return new PartText(
                new ProgrammePart("tiers.levels", tier.id()),
                List.of(phrases.say("tier", name, String.join(separator(), says))),
                List.of());
    }

    /** French puts a space before a semicolon. */
    private String separator() {
        return names.of("; ", " ; ");
    }

    private String money(BigDecimal amount) {
        return phrases.money(amount, document.currency());
    }

    PartText club(Club club) {
        List<String> says = new ArrayList<>();
        if (club.sku() == null) {
            says.add(phrases.say("club.join.enrolment"));
        } else if (club.fee().signum() == 0) {
            says.add(phrases.say("club.join.sku", club.sku()));
        } else {
            says.add(phrases.say("club.join.fee", club.sku(), money(club.fee())));
        }
        says.add(
                club.months() == 0
                        ? phrases.say("club.open")
                        : phrases.say("club.months", phrases.count("months", club.months())));
        if (club.firstPurchasePercent().signum() != 0) {
            says.add(phrases.say("club.first", phrases.number(club.firstPurchasePercent())));
        }
        if (!club.perks().isEmpty()) {
            says.add(phrases.say("club.perks", phrases.list(club.perks())));
        }
        List<String> members = new ArrayList<>();
        members.add(phrases.say("club", names.of(club.nameEn(), club.nameFr()), String.join(separator(), says)));
        remind("club.reminder", club.reminderDays(), members);
        List<String> needs = needs(club.access());
        if (!needs.isEmpty()) {
            members.add(phrases.say("club.access", phrases.list(needs)));
        }
        List<String> owner = new ArrayList<>();
        if (club.access().tag() != null) {
            owner.add(phrases.say("when.tags", club.access().tag()));
        }
        return new PartText(new ProgrammePart("clubs", club.id()), members, owner);
    }

    private List<String> needs(ClubAccess access) {
        List<String> needs = new ArrayList<>();
        if (access.averageBasket() != null) {
            needs.add(phrases.say("club.access.average_basket", money(access.averageBasket())));
        }
        if (access.purchases() != 0) {
            needs.add(phrases.count("club.access.purchases", access.purchases()));
        }
        if (access.spend() != null) {
            needs.add(phrases.say("club.access.spend", money(access.spend())));
        }
        if (access.tag() != null) {
            needs.add(phrases.say("club.access.tag"));
        }
        return needs;
    }
}
