package org.assidu.analytics.report;

import java.util.List;
import org.assidu.analytics.features.Features;

/** Who and what is counted, in words every report shares. */
final class Populations {

    static final Text SALES = Text.of(
            "Sales population: identified receipts; sale lines, that is quantity above zero and amount above zero, gift card sales left out. Amounts are net of discounts, VAT included.",
            "Population des ventes : tickets identifiés ; lignes de vente, c'est-à-dire quantité et montant supérieurs à zéro, hors ventes de cartes cadeaux. Montants nets de remises, TTC.");

    static final Text ORDER = Text.of(
            "Order: a receipt with at least one sale line. A receipt of returns only is none.",
            "Achat : un ticket avec au moins une ligne de vente. Un ticket de retours seuls n'en est pas un.");

    static final Text NET = Text.of(
            "Sales: sum of sale lines. Net turnover: sum of all lines of members, returns and adjustments taken off, gift card sales left out.",
            "Ventes : somme des lignes de vente. CA net : somme de toutes les lignes des membres, retours et régularisations déduits, hors ventes de cartes cadeaux.");

    private Populations() {}

    /** Members who decided that they are not to be profiled, as rows that a report on single members leaves out. */
    static List<LeftOut> notProfiled(Features features) {
        return List.of(new LeftOut(
                features.hasDecisions()
                        ? Text.of(
                                "Members who opposed profiling, refused it, or are erased",
                                "Membres opposés au profilage, l'ayant refusé, ou effacés")
                        : Text.of(
                                "Members opposed to profiling: the export does not tell (an older server wrote it); export again",
                                "Membres opposés au profilage : l'export ne le dit pas (serveur plus ancien) ; refaire l'export"),
                features.notProfiled()));
    }
}
