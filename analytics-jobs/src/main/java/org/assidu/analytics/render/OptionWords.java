package org.assidu.analytics.render;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unbescape.html.HtmlEscape;

/** The filter {@code words}: text escaped, with options of the command line set as code so that no line breaks in them. */
final class OptionWords extends AbstractExtension implements Filter {

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]*)");

    @Override
    public Map<String, Filter> getFilters() {
        return Map.of("words", this);
    }

    @Override
    public @Nullable List<String> getArgumentNames() {
        return null;
    }

    @Override
    public Object apply(
            Object input, Map<String, Object> args, PebbleTemplate self, EvaluationContext context, int lineNumber) {
        String escaped = HtmlEscape.escapeHtml4Xml(String.valueOf(input));
        return new SafeString(OPTION.matcher(escaped).replaceAll("<code>$1</code>"));
    }
}
