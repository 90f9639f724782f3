package org.assidu.accrual.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.PublishedProgramme;
import org.jspecify.annotations.Nullable;

/** A programme as parts, so that parts can be left out. */
record ProgrammeDraft(List<Part> parts) {
    /**
     * A line of the document or an entry of one of its lists.
     *
     * @param list key of the list; empty for a line
     */
    record Part(String list, String text) {}

    static final class Builder {
        private final List<Part> parts = new ArrayList<>();

        Builder line(String text) {
            parts.add(new Part("", text));
            return this;
        }

        Builder entry(String list, String text) {
            parts.add(new Part(list, text));
            return this;
        }

        ProgrammeDraft build() {
            return new ProgrammeDraft(List.copyOf(parts));
        }
    }

    String yaml() {
        StringBuilder text = new StringBuilder();
        Map<String, StringBuilder> lists = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part.list.isEmpty()) {
                text.append(part.text).append('\n');
            } else {
                lists.computeIfAbsent(part.list, key -> new StringBuilder(key + ":\n"))
                        .append("  - ")
                        .append(part.text)
                        .append('\n');
            }
        }
        lists.values().forEach(text::append);
        return text.toString();
    }

    ProgrammeDraft without(int part) {
        List<Part> rest = new ArrayList<>(parts);
        rest.remove(part);
        return new ProgrammeDraft(rest);
    }

    /** @return null when it is no valid programme */
    @Nullable
    PublishedProgramme published(int version) {
        ParsedProgramme parsed = ProgrammeParser.parse(yaml());
        return parsed.document() == null
                ? null
                : new PublishedProgramme(version, parsed.sha256(), parsed.canonicalText(), yaml(), parsed.document());
    }

    String problems() {
        return ProgrammeParser.parse(yaml()).problems().toString();
    }
}
