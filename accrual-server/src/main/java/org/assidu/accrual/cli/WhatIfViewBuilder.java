package org.assidu.accrual.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.cli.WhatIfView.Section;
import org.assidu.accrual.replay.WhatIfReport;
import org.assidu.accrual.replay.WhatIfReport.Change;
import org.assidu.accrual.replay.WhatIfReport.GiverChange;
import org.assidu.accrual.replay.WhatIfReport.MemberGroup;
import org.assidu.accrual.replay.WhatIfReport.MoneyChange;
import org.assidu.accrual.replay.WhatIfReport.PurseChange;
import org.assidu.accrual.replay.WhatIfReport.Redemptions;
import org.assidu.accrual.replay.WhatIfReport.Refused;
import org.assidu.accrual.replay.WhatIfReport.RewardChange;
import org.assidu.accrual.replay.WhatIfReport.Stretch;
import org.assidu.accrual.replay.Worth;
import org.jspecify.annotations.Nullable;

/** Puts a what-if into words, in English or French. */
final class WhatIfViewBuilder {
    private final WhatIfReport report;
    private final boolean french;
    private final WhatIfNumbers numbers;

    WhatIfViewBuilder(WhatIfReport report, String language) {
        this.report = report;
        french = language.equals("fr");
        Stretch stretch = report.stretch();
        numbers = new WhatIfNumbers(french, stretch.currency(), stretch.currencyDigits());
    }

    private String say(String english, String frenchWords) {
        return french ? frenchWords : english;
    }

    WhatIfView view() {
        List<Section> sections = isSame() ? List.of(purses()) : sections();
        return new WhatIfView(
                french ? "fr" : "en",
                say("What if: ", "Et si : ") + after(),
                lead(),
                sections.stream().filter(section -> !section.rows().isEmpty()).toList(),
                notes());
    }

    /** Whether the published rules were asked about and gave the same. */
    private boolean isSame() {
        return report.identity() && report.sameState() && report.nothingChanged();
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(members());
        sections.add(purses());
        sections.add(money(
                say("What the programme gives, in money", "Ce que donne le programme, en argent"),
                worthNote(),
                report.cost()));
        sections.add(money(
                say("What is owed to members at the end", "Ce qui est dû aux membres à la fin"),
                "",
                report.liability()));
        sections.add(givers(say("By rule", "Par règle"), say("rule", "règle"), report.rules()));
        sections.add(givers(say("By store", "Par magasin"), say("store", "magasin"), report.stores()));
        sections.add(groups(
                say("Winners and losers by store", "Gagnants et perdants par magasin"),
                say("Members by the store of their last purchase.", "Membres par magasin de leur dernier achat."),
                say("store", "magasin"),
                report.storeMembers()));
        sections.add(groups(
                say("Winners and losers by tier", "Gagnants et perdants par niveau"),
                say(
                        "Tiers as they are at the end, under the published rules.",
                        "Niveaux à la fin, selon les règles publiées."),
                say("tier", "niveau"),
                report.tierMembers()));
        sections.add(redemptions());
        sections.add(refused());
        return sections;
    }

    private String after() {
        return report.identity()
                ? say("the published rules again", "les règles publiées, encore")
                : report.stretch().programmeAfter();
    }

    private List<String> lead() {
        Stretch stretch = report.stretch();
        List<String> lead = new ArrayList<>();
        lead.add(say("Compared with ", "Comparé à ")
                + String.join(", ", stretch.programmesBefore())
                + ". "
                + period(stretch)
                + " "
                + say(
                        numbers.count(stretch.receipts()) + " receipts, of which " + numbers.count(stretch.otherwise())
                                + " are decided otherwise.",
                        numbers.count(stretch.receipts()) + " tickets, dont " + numbers.count(stretch.otherwise())
                                + " décidés autrement."));
        if (report.identity()) {
            lead.add(identity());
        }
        lead.add(say(
                "Changed behaviour is not modelled: people are taken to buy, return and redeem exactly as they did, though"
                        + " other rules would have had some of them act otherwise.",
                "Le changement des comportements n'est pas modélisé : chacun est supposé acheter, rendre et utiliser ses"
                        + " récompenses exactement comme il l'a fait, alors que d'autres règles en auraient fait agir"
                        + " certains autrement."));
        return lead;
    }

    private String identity() {
        return isSame()
                ? say(
                        "Nothing differs, and the state is the same: " + report.hashBefore() + ".",
                        "Rien ne diffère, et l'état est le même : " + report.hashBefore() + ".")
                : say(
                        "THE PUBLISHED RULES DECIDE OTHERWISE TODAY: state " + report.hashBefore() + " became "
                                + report.hashAfter()
                                + ". Run assidu verify on this journal, and trust no figure below.",
                        "LES RÈGLES PUBLIÉES DÉCIDENT AUTREMENT AUJOURD'HUI : l'état " + report.hashBefore()
                                + " est devenu " + report.hashAfter()
                                + ". Lancer assidu verify sur ce journal, et ne se fier à aucun chiffre ci-dessous.");
    }

    private String period(Stretch stretch) {
        LocalDate from = stretch.from();
        LocalDate to = stretch.to() == null ? stretch.lastDay() : stretch.to();
        String begin = from == null ? say("From the beginning", "Depuis le début") : say("From ", "Du ") + from;
        return begin + (to == null ? "" : say(" to ", " au ") + to) + " (" + stretch.zone() + ").";
    }

    private Section members() {
        MemberGroup all = report.members();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                say("hold more in some purse and less in none", "ont plus dans une cagnotte et moins dans aucune"),
                numbers.count(all.better())));
        rows.add(List.of(
                say("hold less in some purse and more in none", "ont moins dans une cagnotte et plus dans aucune"),
                numbers.count(all.worse())));
        rows.add(List.of(
                say("hold more in one and less in another", "ont plus dans l'une et moins dans une autre"),
                numbers.count(all.mixed())));
        rows.add(List.of(say("hold the same", "ont la même chose"), numbers.count(all.same())));
        return new Section(
                say("Members, at the end", "Membres, à la fin"),
                "",
                1,
                List.of(say("members who", "membres qui"), say("count", "nombre")),
                rows);
    }

    private List<String> headings(String... first) {
        List<String> headings = new ArrayList<>(List.of(first));
        headings.add(say("as it was", "réel"));
        headings.add(say("what if", "et si"));
        headings.add(say("difference", "écart"));
        headings.add("%");
        return headings;
    }

    private Section purses() {
        List<List<String>> rows = new ArrayList<>();
        for (PurseChange purse : report.purses()) {
            String id = purse.purseId();
            rows.add(micro(id, say("given, net of returns", "donné, net des retours"), purse.given(), purse.money()));
            rows.add(micro(id, say("spent", "dépensé"), purse.spent(), purse.money()));
            addUnlessNothing(rows, id, say("expired", "expiré"), purse.expired(), purse.money());
            addUnlessNothing(rows, id, say("desk and transfers", "accueil et transferts"), purse.desk(), purse.money());
            addUnlessNothing(rows, id, say("forgiven", "abandonné"), purse.forgiven(), purse.money());
            rows.add(micro(id, say("held at the end", "détenu à la fin"), purse.outstanding(), purse.money()));
            if (purse.belowZeroMembers().before() + purse.belowZeroMembers().after() > 0) {
                rows.add(counts(id, say("members below zero", "membres en négatif"), purse.belowZeroMembers()));
            }
        }
        return new Section(say("Purses", "Points et cagnottes"), "", 2, headings(say("purse", "cagnotte"), ""), rows);
    }

    private void addUnlessNothing(List<List<String>> rows, String purse, String what, Change change, boolean money) {
        if (change.before() != 0 || change.after() != 0) {
            rows.add(micro(purse, what, change, money));
        }
    }

    private List<String> micro(String first, String second, Change change, boolean money) {
        return List.of(
                first,
                second,
                numbers.purse(change.before(), money),
                numbers.purse(change.after(), money),
                WhatIfNumbers.signed(numbers.purse(change.difference(), money), change.difference()),
                numbers.percent(change));
    }

    private List<String> counts(String first, String second, Change change) {
        return List.of(
                first,
                second,
                numbers.count(change.before()),
                numbers.count(change.after()),
                WhatIfNumbers.signed(numbers.count(change.difference()), change.difference()),
                numbers.percent(change));
    }

    private String worthNote() {
        Worth before = report.worthBefore();
        Worth after = report.worthAfter();
        if (before == null || after == null) {
            return say(
                    "Nothing says what a point is worth: give it with --point-value.",
                    "Rien ne dit ce que vaut un point : le donner avec --point-value.");
        }
        return say("A point is worth ", "Un point vaut ")
                + worth(before)
                + (before.equals(after) ? "." : say(", and then ", ", puis ") + worth(after) + ".");
    }

    private String worth(Worth worth) {
        String units = numbers.exact(
                        worth.minorPerPoint().movePointLeft(report.stretch().currencyDigits())) + " "
                + report.stretch().currency();
        return worth.rewardId().isEmpty()
                ? units
                : units + say(" (by the reward ", " (selon la récompense ") + worth.rewardId() + ")";
    }

    private Section money(String title, String note, List<MoneyChange> changes) {
        List<List<String>> rows = new ArrayList<>();
        for (MoneyChange change : changes) {
            Change minor = change.minor();
            if (minor != null
                    && minor.before() == 0
                    && minor.after() == 0
                    && change.key().equals("member_prices")) {
                continue;
            }
            rows.add(List.of(
                    name(change.key()),
                    minor == null ? "?" : numbers.minor(minor.before()),
                    minor == null ? "?" : numbers.minor(minor.after()),
                    minor == null ? "?" : WhatIfNumbers.signed(numbers.minor(minor.difference()), minor.difference()),
                    numbers.percent(minor)));
        }
        return new Section(title, note, 1, headings(""), rows);
    }

    private Section rewards() {
        List<List<String>> rows = new ArrayList<>();
        for (RewardChange reward : report.rewards()) {
            rows.add(counts(reward.rewardId(), say("reached", "atteinte"), reward.reached()));
            rows.add(counts(reward.rewardId(), say("not used at the end", "non utilisée à la fin"), reward.open()));
        }
        return new Section(
                say("Threshold rewards", "Récompenses de palier"),
                say(
                        "One that visits, articles or spend unlock costs its amount; one that points unlock is paid in points.",
                        "Celle que débloquent visites, articles ou achats coûte son montant ; celle que débloquent des points"
                                + " se paie en points."),
                2,
                headings(say("reward", "récompense"), ""),
                rows);
    }

    private String name(String key) {
        return switch (key) {
            case "rewards" -> say("threshold rewards of a fixed amount", "récompenses de palier d'un montant fixe");
            case "points" -> "points";
            case "member_prices" -> say("member prices told to tills", "prix membres dits aux caisses");
            case "total" -> "total";
            default -> key;
        };
    }

    private Section givers(String title, String what, List<GiverChange> givers) {
        List<List<String>> rows = new ArrayList<>();
        for (GiverChange giver : givers) {
            rows.add(micro(giver.name(), giver.purseId(), giver.given(), giver.money()));
        }
        return new Section(title, "", 2, headings(what, say("purse", "cagnotte")), rows);
    }

    private Section groups(String title, String note, String what, List<MemberGroup> groups) {
        List<String> headings = new ArrayList<>(
                List.of(what, say("more", "plus"), say("less", "moins"), say("mixed", "mêlé"), say("same", "pareil")));
        for (PurseChange purse : report.purses()) {
            headings.add(purse.purseId() + ", " + say("difference", "écart"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (MemberGroup group : groups) {
            List<String> row = new ArrayList<>(List.of(
                    group.name().isEmpty() ? say("none", "aucun") : group.name(),
                    numbers.count(group.better()),
                    numbers.count(group.worse()),
                    numbers.count(group.mixed()),
                    numbers.count(group.same())));
            for (PurseChange purse : report.purses()) {
                long micro = group.differenceMicro().getOrDefault(purse.purseId(), 0L);
                row.add(WhatIfNumbers.signed(numbers.purse(micro, purse.money()), micro));
            }
            rows.add(row);
        }
        return new Section(title, note, 1, headings, rows);
    }

    private Section redemptions() {
        Redemptions used = report.redemptions();
        List<List<String>> rows = new ArrayList<>();
        rows.add(fact(say("receipts with a used reward", "tickets avec une récompense utilisée"), used.receipts()));
        rows.add(counts(say("of which not covered", "dont non couvertes"), used.unfundedReceipts()));
        if (used.discountMinor() != 0) {
            rows.add(List.of(
                    say("taken off by tills for them", "remises des caisses pour elles"),
                    numbers.minor(used.discountMinor()),
                    numbers.minor(used.discountMinor()),
                    "",
                    ""));
        }
        if (used.shopCostMinor().before() + used.shopCostMinor().after() != 0) {
            Change cost = used.shopCostMinor();
            rows.add(List.of(
                    say("cost of rewards of the shop", "coût des récompenses de la boutique"),
                    numbers.minor(cost.before()),
                    numbers.minor(cost.after()),
                    WhatIfNumbers.signed(numbers.minor(cost.difference()), cost.difference()),
                    numbers.percent(cost)));
        }
        rows.add(counts(
                say("rewards and conversions not covered", "récompenses et conversions non couvertes"),
                new Change(0, used.unfundedRewards())));
        boolean any =
                used.receipts() + used.unfundedRewards() + used.shopCostMinor().before() > 0;
        return new Section(
                say("What members used", "Ce que les membres ont utilisé"),
                say(
                        "Taken as it happened. Not covered: the purse would not have held enough, or the reward not been"
                                + " unlocked; the purse may fall below zero.",
                        "Repris tel quel. Non couvert : le solde n'aurait pas suffi, ou la récompense n'aurait pas été"
                                + " débloquée ; le solde peut devenir négatif."),
                1,
                headings(""),
                any ? rows : List.of());
    }

    private List<String> fact(String what, long count) {
        return List.of(what, numbers.count(count), numbers.count(count), "", "");
    }

    private List<String> counts(String what, @Nullable Change change) {
        List<String> row = new ArrayList<>(counts(what, "", change == null ? new Change(0, 0) : change));
        row.remove(1);
        return row;
    }

    private Section refused() {
        List<List<String>> rows = new ArrayList<>();
        if (report.stretch().refused() > 0) {
            rows.add(List.of(
                    say("receipt", "ticket"),
                    say("would not have been recorded", "n'aurait pas été enregistré"),
                    say("left out", "laissé de côté"),
                    numbers.count(report.stretch().refused())));
        }
        for (Refused refused : report.redemptions().refused()) {
            rows.add(List.of(
                    WhatIfNumbers.words(refused.kind()),
                    WhatIfNumbers.words(refused.status()),
                    refused.forced()
                            ? say("done all the same: a fact", "fait quand même : c'est un fait")
                            : say("not given", "non accordé"),
                    numbers.count(refused.count())));
        }
        return new Section(
                say("What these rules refuse", "Ce que ces règles refusent"),
                "",
                3,
                List.of(say("what", "quoi"), say("why", "pourquoi"), say("and so", "et donc"), say("count", "nombre")),
                rows);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!report.identity()) {
            notes.add(say(
                    "The programme replaces every version in force from its first day on, whatever its own effective_from"
                            + " says. Days, expiries and returns are computed again under it.",
                    "Le programme remplace toutes les versions en vigueur à partir de son premier jour, quel que soit son"
                            + " propre effective_from. Jours, expirations et retours sont recalculés selon lui."));
        }
        notes.add(say(
                "Adjustments by the desk are facts. Points that a used reward cost are those of these rules.",
                "Les gestes de l'accueil sont des faits. Les points que coûte une récompense utilisée sont ceux de ces"
                        + " règles."));
        return notes;
    }
}
