package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/** Short sentences for tills and receipts, in one language. */
final class TillWords {
    private static final int MICRO_DIGITS = 6;
    private static final int SHOWN_DIGITS = 2;

    private final boolean french;
    private final Phrases phrases;

    /** @param language {@code fr}; anything else reads as English */
    TillWords(String language) {
        french = language.equals("fr");
        phrases = french ? Phrases.french() : Phrases.english();
    }

    String programme(ProgrammeDocument programme) {
        return french ? programme.nameFr() : programme.nameEn();
    }

    String earned(long micro) {
        return (french ? "Points de ce ticket : " : "Points of this receipt: ") + number(micro);
    }

    String takenBack(long micro) {
        return (french ? "Points repris : " : "Points taken back: ") + number(-micro);
    }

    String balance(long micro) {
        return (french ? "Votre solde : " : "Your balance: ") + points(micro);
    }

    /** Such as "12 points to go: 10 % off". */
    String toGo(NextReward next, ProgrammeDocument programme) {
        String missing = missing(next, programme);
        return (french ? "Plus que " + missing + " : " : missing + " to go: ") + reward(next.reward(), programme);
    }

    String usable(ThresholdReward reward, ProgrammeDocument programme, long count) {
        String name = reward(reward, programme) + (count == 1 ? "" : " × " + count);
        return (french ? "À votre prochaine visite : " : "On your next visit: ") + name;
    }

    String usable(ShopReward reward, long count) {
        return (french ? "À votre prochaine visite : " : "On your next visit: ") + name(reward, count);
    }

    String offer(ShopReward reward, long count) {
        return (french ? "À proposer : " : "Offer: ") + name(reward, count);
    }

    private String name(ShopReward reward, long count) {
        return (french ? reward.nameFr() : reward.nameEn()) + (count == 1 ? "" : " × " + count);
    }

    String expiring(long micro, int epochDay) {
        String day = phrases.day(LocalDate.ofEpochDay(epochDay));
        return (french ? "À utiliser jusqu'au " + day + " : " : "Use by " + day + ": ") + points(micro);
    }

    String offer(ThresholdReward reward, ProgrammeDocument programme, long count) {
        String name = reward(reward, programme) + (count == 1 ? "" : " × " + count);
        if (reward.autoApply()) {
            return (french ? "Sera déduit par la caisse : " : "The till will take off: ") + name;
        }
        return (french ? "À proposer : " : "Offer: ") + name;
    }

    String birthday(int days) {
        if (days == 0) {
            return french ? "C'est son anniversaire : souhaitez-le" : "Birthday today: wish them well";
        }
        if (days > 0) {
            String in = days == 1 ? (french ? "demain" : "tomorrow") : (french ? "dans " : "in ") + count(days);
            return (french ? "Anniversaire " : "Birthday ") + in;
        }
        String ago = days == -1
                ? (french ? "hier" : "yesterday")
                : french ? "il y a " + count(-days) : count(-days) + " ago";
        return (french ? "Anniversaire " : "Birthday ") + ago;
    }

    private String count(int days) {
        return days + (french ? " jours" : " days");
    }

    String tier(String tierId, ProgrammeDocument programme) {
        Tiers tiers = programme.mechanics().tiers();
        String name = tierId;
        if (tiers != null) {
            for (Tier tier : tiers.levels()) {
                if (tier.id().equals(tierId)) {
                    name = french ? tier.nameFr() : tier.nameEn();
                }
            }
        }
        return (french ? "Statut " : "Status ") + name;
    }

    String expiringSoon(long micro, int epochDay) {
        String day = phrases.day(LocalDate.ofEpochDay(epochDay));
        return french ? points(micro) + " à utiliser jusqu'au " + day : points(micro) + " to use by " + day;
    }

    String emailMissing() {
        return french ? "Demandez une adresse e-mail" : "Ask for an e-mail address";
    }

    private String missing(NextReward next, ProgrammeDocument programme) {
        BigDecimal missing = next.missing(programme);
        boolean one =
                missing.compareTo(BigDecimal.ONE) == 0 || (french && missing.compareTo(BigDecimal.valueOf(2)) < 0);
        return switch (next.reward().measure()) {
            case POINTS -> phrases.points(missing);
            case SPEND -> phrases.money(missing, programme.currency()) + (french ? " d'achats" : " of purchases");
            case ARTICLES -> phrases.number(missing) + " article" + (one ? "" : "s");
            case VISITS -> phrases.number(missing) + (french ? " visite" : " visit") + (one ? "" : "s");
        };
    }

    private String reward(ThresholdReward reward, ProgrammeDocument programme) {
        ProgrammeWords words = french ? new FrenchProgrammeWords() : new EnglishProgrammeWords();
        return words.unlocked(programme, reward);
    }

    private String points(long micro) {
        return phrases.points(shown(micro));
    }

    private String number(long micro) {
        return phrases.number(shown(micro));
    }

    /** Never more than there are. */
    private static BigDecimal shown(long micro) {
        return BigDecimal.valueOf(micro, MICRO_DIGITS).setScale(SHOWN_DIGITS, RoundingMode.DOWN);
    }
}
