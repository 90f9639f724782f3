package org.assidu.analytics.render;

import java.util.Locale;

/** What a site can be written as. */
public enum OutputFormat {
    HTML,
    CSV,
    PARQUET,
    JSON;

    /** On the command line; also the folder of the files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
