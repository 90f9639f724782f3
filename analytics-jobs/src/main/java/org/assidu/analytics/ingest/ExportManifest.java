package org.assidu.analytics.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * {@code _export.json}: how far the export reached, for which purpose, in which layout.
 *
 * @param position journal position reached, inclusive; segments beyond it are leftovers of an export that was cut off
 * @param tablesPosition journal position of the whole tables; files of another one are leftovers too
 * @param saleLines rows of that table; -1 where the export does not say
 * @param keyCheck changes when members get new keys; empty where the export does not say
 * @param zone of the programme, in which {@code sold_date} and {@code sold_hour} are
 */
public record ExportManifest(
        int formatVersion,
        long position,
        long tablesPosition,
        long saleLines,
        String purpose,
        String keyCheck,
        ZoneId zone) {

    public static final String FILE = "_export.json";
    public static final int NEWEST_FORMAT_VERSION = 1;

    static ExportManifest parse(String json, String origin) {
        JsonNode node;
        try {
            node = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new ExportException(origin + " is not JSON: run `assidu export` again into an empty folder", e);
        }
        int version = node.path("format_version").asInt(0);
        if (version < 1) {
            throw new ExportException(
                    origin + " states no format_version: run `assidu export` again into an empty folder");
        }
        if (version > NEWEST_FORMAT_VERSION) {
            throw new ExportException(origin + " has format_version " + version + ", these reports read up to "
                    + NEWEST_FORMAT_VERSION + ": use the assidu-reports that came with the server that exported it");
        }
        String zone = node.path("zone").asText("UTC");
        try {
            return new ExportManifest(
                    version,
                    node.path("position").asLong(0),
                    node.path("tables_position").asLong(node.path("position").asLong(0)),
                    node.path("rows").path("sale_lines").asLong(-1),
                    node.path("purpose").asText(""),
                    node.path("key_check").asText(""),
                    ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new ExportException(
                    origin + " names the zone '" + zone
                            + "', which this JDK does not know: update the JDK's time zones",
                    e);
        }
    }
}
