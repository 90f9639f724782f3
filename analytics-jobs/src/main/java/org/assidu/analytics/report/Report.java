package org.assidu.analytics.report;

import org.assidu.analytics.features.Features;

/** One question asked of the features. Holds no state; the order of reports is that of {@link Reports#ALL}. */
public interface Report {

    /** Name on the command line, in links and in files, such as {@code retention}. */
    String key();

    Section run(Features features, Settings settings);

    default Section run(Features features) {
        return run(features, Settings.DEFAULT);
    }
}
