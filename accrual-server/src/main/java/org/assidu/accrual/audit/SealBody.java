package org.assidu.accrual.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a seal states. Its text is JSON in a fixed order; the signature covers the text's bytes as they are in the file.
 *
 * @param number from 1, without gaps
 * @param position last record that is covered: the end of a batch
 * @param timeMillis journal time of that record
 * @param chainHead hash of that batch, which covers every batch before it, hexadecimal
 * @param previous SHA-256 of the seal file before this one, hexadecimal; zeros for the first
 * @param text the JSON
 */
record SealBody(int number, long position, long timeMillis, String chainHead, String previous, String text) {
    static final String NO_PREVIOUS = "0".repeat(64);
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static SealBody of(
            int number, long position, long timeMillis, String chainHead, String previous, JournalTotals totals) {
        ObjectNode body = JSON.createObjectNode();
        body.put("format", FORMAT);
        body.put("number", number);
        body.put("position", position);
        body.put("journal_time", Instant.ofEpochMilli(timeMillis).toString());
        body.put("journal_time_millis", timeMillis);
        body.put("chain_head", chainHead);
        body.put("previous_seal", previous);
        totals.write(body);
        try {
            return new SealBody(
                    number, position, timeMillis, chainHead, previous, JSON.writeValueAsString(body) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException when it is no seal of a format that this version knows */
    static SealBody ofText(String text) {
        JsonNode body = json(text);
        if (body.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "format " + body.path("format") + " is not " + FORMAT + ", the one that this version reads");
        }
        return new SealBody(
                body.path("number").asInt(),
                body.path("position").asLong(),
                body.path("journal_time_millis").asLong(),
                body.path("chain_head").asText(),
                body.path("previous_seal").asText(),
                text);
    }

    JsonNode json() {
        return json(text);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    Map<String, BigInteger> totals() {
        Map<String, BigInteger> totals = new TreeMap<>();
        json().path("totals")
                .fields()
                .forEachRemaining(sum -> totals.put(sum.getKey(), sum.getValue().bigIntegerValue()));
        return totals;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
