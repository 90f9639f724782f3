package org.assidu.analytics.model.persona;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Saved personas as text, such as a run keeps beside its reports. The same personas give the same text. */
public final class SavedPersonasJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private SavedPersonasJson() {}

    public static String write(SavedPersonas personas) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(personas) + "\n";
        } catch (JacksonException impossible) {
            throw new IllegalStateException("personas of plain values have a JSON form", impossible);
        }
    }

    /** Reads what {@link #write} wrote; a newer layout or a damaged text is refused with the remedy. */
    public static SavedPersonas read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            int schema = node.path("schema").asInt(0);
            if (schema > SavedPersonas.SCHEMA) {
                throw new IllegalArgumentException(
                        "saved personas have layout " + schema + ", this version reads up to " + SavedPersonas.SCHEMA
                                + ": use the version that wrote them, or find personas anew without them");
            }
            return MAPPER.treeToValue(node, SavedPersonas.class);
        } catch (JacksonException damaged) {
            throw new IllegalArgumentException(
                    "these are no saved personas (" + damaged.getOriginalMessage()
                            + "): give the file a run wrote, or find personas anew without them",
                    damaged);
        }
    }
}
