package org.assidu.analytics.render;

import java.util.List;
import java.util.Set;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.features.Selection;

/**
 * What is said of a run on every page.
 *
 * @param language the one shown first; every page holds both
 * @param formats what is written
 */
public record RunInfo(Scope scope, Selection selection, Language language, Set<OutputFormat> formats) {

    public RunInfo {
        formats = Set.copyOf(formats);
    }

    /** A run over everything, written in every format. */
    public static RunInfo whole(Scope scope, Language language) {
        return new RunInfo(scope, Selection.ALL, language, Set.copyOf(List.of(OutputFormat.values())));
    }
}
