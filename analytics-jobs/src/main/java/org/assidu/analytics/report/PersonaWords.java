package org.assidu.analytics.report;

import org.assidu.analytics.model.persona.PersonaName;
import org.assidu.analytics.model.persona.RfmSegment;

/** Names of segments and personas, and what to do about them, in both languages. */
final class PersonaWords {

    private PersonaWords() {}

    static Text name(RfmSegment segment) {
        return switch (segment) {
            case CHAMPIONS -> Text.of("Champions", "Champions");
            case LOYAL -> Text.of("Loyal", "Fidèles");
            case POTENTIAL_LOYALISTS -> Text.of("Potential loyalists", "Fidèles en puissance");
            case NEW_MEMBERS -> Text.of("New", "Nouveaux");
            case PROMISING -> Text.of("Promising", "Prometteurs");
            case NEED_ATTENTION -> Text.of("Need attention", "À relancer");
            case ABOUT_TO_SLEEP -> Text.of("About to sleep", "Bientôt endormis");
            case AT_RISK -> Text.of("At risk", "À risque");
            case CANNOT_LOSE -> Text.of("Cannot lose", "À ne pas perdre");
            case HIBERNATING -> Text.of("Hibernating", "En sommeil");
        };
    }

    static Text action(RfmSegment segment) {
        return switch (segment) {
            case CHAMPIONS ->
                Text.of("Thank, preview sales, ask for a referral", "Remercier, ventes privées, parrainage");
            case LOYAL -> Text.of("Next tier, complementary categories", "Palier suivant, rayons complémentaires");
            case POTENTIAL_LOYALISTS -> Text.of("Bonus on the next visit", "Bonus à la prochaine visite");
            case NEW_MEMBERS ->
                Text.of(
                        "Welcome, explain the card, second-visit offer",
                        "Accueil, explication de la carte, offre 2ᵉ visite");
            case PROMISING -> Text.of("Second-visit offer within a month", "Offre 2ᵉ visite sous un mois");
            case NEED_ATTENTION ->
                Text.of("Limited offer on usual categories", "Offre limitée sur les rayons habituels");
            case ABOUT_TO_SLEEP -> Text.of("Remind of points and their expiry", "Rappeler les points et leur échéance");
            case AT_RISK -> Text.of("Personal win-back offer, ask why", "Offre de reconquête, demander pourquoi");
            case CANNOT_LOSE -> Text.of("Call or write in person", "Appeler ou écrire en personne");
            case HIBERNATING -> Text.of("Low-cost reminder only", "Rappel à faible coût seulement");
        };
    }

    static Text name(PersonaName name) {
        return switch (name) {
            case CHAMPIONS -> Text.of("Champions", "Ambassadeurs");
            case REGULARS -> Text.of("Regulars", "Habitués");
            case BIG_BASKETS -> Text.of("Big baskets", "Grands paniers");
            case SMALL_BASKETS -> Text.of("Small baskets", "Petits paniers");
            case NEWCOMERS -> Text.of("Newcomers", "Nouveaux venus");
            case OCCASIONAL -> Text.of("Occasional", "Occasionnels");
            case FADING -> Text.of("Fading", "En retrait");
            case DORMANT -> Text.of("Dormant", "Endormis");
            case PROMOTION_SEEKERS -> Text.of("Promotion seekers", "Chasseurs de promotions");
            case FREQUENT_RETURNERS -> Text.of("Frequent returners", "Grands retourneurs");
            case EXCEPTIONAL -> Text.of("Exceptional accounts", "Comptes hors norme");
        };
    }

    static Text action(PersonaName name) {
        return switch (name) {
            case CHAMPIONS ->
                Text.of(
                        "Recognise: previews, services, no discounts",
                        "Reconnaître : avant-premières, services, pas de remises");
            case REGULARS ->
                Text.of("Grow the basket: complementary articles", "Agrandir le panier : articles complémentaires");
            case BIG_BASKETS ->
                Text.of(
                        "Bring back sooner: reminder at the usual rhythm",
                        "Faire revenir plus tôt : rappel au rythme habituel");
            case SMALL_BASKETS ->
                Text.of("Thresholds just above the usual basket", "Seuils juste au-dessus du panier habituel");
            case NEWCOMERS ->
                Text.of("Second-visit offer, explain the programme", "Offre 2ᵉ visite, expliquer le programme");
            case OCCASIONAL ->
                Text.of("Seasonal invitations, few messages", "Invitations saisonnières, peu de messages");
            case FADING ->
                Text.of("Win back while they remember: personal offer", "Reconquérir à temps : offre personnelle");
            case DORMANT -> Text.of("One low-cost reminder, then rest", "Un rappel à faible coût, puis laisser");
            case PROMOTION_SEEKERS ->
                Text.of(
                        "Points rather than discounts, test lower depth",
                        "Points plutôt que remises, tester moins profond");
            case FREQUENT_RETURNERS ->
                Text.of("Advice before purchase, sizes, fit", "Conseil avant achat, tailles, essayage");
            case EXCEPTIONAL ->
                Text.of(
                        "Look at one by one: business customers, own card",
                        "Voir un par un : professionnels, carte du personnel");
        };
    }
}
