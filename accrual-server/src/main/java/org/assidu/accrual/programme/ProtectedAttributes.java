package org.assidu.accrual.programme;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Personal attributes that no rule may ask for, by the words that name them in English or French: Charter of Fundamental
 * Rights of the European Union, article 21; GDPR, article 9 (special categories); French penal code, article 225-1. It
 * stops the honest mistake; what else a tag stands for is for its owner to answer.
 */
public final class ProtectedAttributes {
    static final String ADVICE = "rules must not treat members differently by it; use what they buy or chose instead";

    private static final Map<String, String> BY_WORD = new HashMap<>();

    static {
        words("sex or gender", "sex sexe gender genre female male woman women man men femme femmes homme hommes");
        words("age", "age ages aged elderly senior seniors retiree retirees");
        words("origin or nationality", "race racial ethnic ethnicity ethnie origin origine nationality nationalite");
        words("origin or nationality", "immigrant immigrants foreigner foreigners etranger etrangers");
        words(
                "religion or belief",
                "religion religious religieux belief croyance christian christians chretien muslim");
        words(
                "religion or belief",
                "muslims musulman musulmans jewish jew jews juif juifs catholic hindu buddhist atheist");
        words("political opinion", "political politics politique party opinion");
        words("trade union membership", "union unionised syndicat syndique");
        words("health or disability", "health sante disease illness maladie disabled disability handicap handicape");
        words("health or disability", "pregnant pregnancy enceinte grossesse diabetic diabetique genetic genetique");
        words("sexual orientation", "sexuality sexual orientation gay lesbian homosexual heterosexual bisexual lgbt");
        words("family status", "married unmarried marital divorced widowed marie celibataire divorce veuf veuve");
    }

    private ProtectedAttributes() {}

    private static void words(String attribute, String words) {
        for (String word : words.split(" ")) {
            BY_WORD.put(word, attribute);
        }
    }

    /** The attribute that one of a name's words names; null for none. */
    public static @Nullable String namedBy(String name) {
        for (String word : name.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            String attribute = BY_WORD.get(word);
            if (attribute != null) {
                return attribute;
            }
        }
        return null;
    }

    /** What to say of a condition of that name; null when there is nothing to say. */
    public static @Nullable String refusalOf(String condition) {
        String attribute = namedBy(condition);
        return attribute == null ? null : "is a condition on " + attribute + "; " + ADVICE;
    }
}
