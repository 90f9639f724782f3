package org.assidu.analytics.render;

import java.util.Currency;
import java.util.Locale;
import org.assidu.analytics.report.Text;

/** The languages of the site. */
public enum Language {
    EN(Locale.UK),
    FR(Locale.FRANCE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** Lower-case code, as in HTML and on the command line. */
    public String code() {
        return locale.getLanguage();
    }

    /** Dollars read as dollars in English only where the reader's habits are American. */
    Locale locale(Currency currency) {
        return this == EN && currency.getCurrencyCode().equals("USD") ? Locale.US : locale;
    }

    String of(Text text) {
        return switch (this) {
            case EN -> text.en();
            case FR -> text.fr();
        };
    }
}
