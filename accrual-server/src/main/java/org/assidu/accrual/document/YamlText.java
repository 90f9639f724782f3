package org.assidu.accrual.document;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * From a text to nodes that know their place. JSON is read as the part of YAML that it is. Limits come first: size, depth,
 * one document, no aliases, so that a small text never becomes a large tree.
 */
final class YamlText {
    static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_DEPTH = 12;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("programme")
            .setUseMarks(true)
            .setCodePointLimit(MOST_BYTES)
            .setAllowDuplicateKeys(true)
            .build();

    private YamlText() {}

    /** The document's mapping; null when the text is none, which the log then says. */
    static @Nullable MappingNode read(String text, ProblemLog log) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            log.add(0, 0, "the text has " + bytes + " bytes; a programme has at most " + MOST_BYTES);
            return null;
        }
        try {
            if (!isWithinLimits(text, log)) {
                return null;
            }
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return mapping;
            }
            log.add(1, 1, "is no programme; write keys and values, such as id: points");
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            log.add(
                    mark == null ? 0 : mark.getLine() + 1,
                    mark == null ? 0 : mark.getColumn() + 1,
                    "is not YAML or JSON: " + context + e.getProblem() + "; correct this place first");
        } catch (YamlEngineException e) {
            log.add(0, 0, "is not YAML or JSON: " + e.getMessage());
        }
        return null;
    }

    private static boolean isWithinLimits(String text, ProblemLog log) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            String problem = null;
            switch (event.getEventId()) {
                case Alias -> problem = "aliases are not read; write the value out";
                case DocumentStart -> {
                    if (++documents > 1) {
                        problem = "a second document starts here; write one programme a text";
                    }
                }
                case MappingStart, SequenceStart -> {
                    if (++depth > MOST_DEPTH) {
                        problem = "is nested deeper than " + MOST_DEPTH + " levels; no programme needs that";
                    }
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Comment, DocumentEnd, Scalar, StreamEnd, StreamStart -> {}
            }
            if (problem != null) {
                Mark mark = event.getStartMark().orElse(null);
                log.add(mark == null ? 0 : mark.getLine() + 1, mark == null ? 0 : mark.getColumn() + 1, problem);
                return false;
            }
        }
        return true;
    }
}
