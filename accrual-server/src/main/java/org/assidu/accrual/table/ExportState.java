package org.assidu.accrual.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code _export.json}: what an export folder holds. Segments beyond {@code position}, and whole tables of another position
 * than {@code tablesPosition}, are leftovers of an export that was cut off.
 *
 * @param purpose member keys of two purposes cannot be joined
 * @param keyCheck differs where the secret behind the member keys differs
 * @param zone of the newest programme; UTC before the first
 * @param position last journal position that segments cover
 * @param tablesPosition journal position of the whole tables; 0 before the first
 * @param definitions journal positions of the records that whole tables but {@code members} are made of
 */
public record ExportState(
        String purpose,
        String keyCheck,
        String zone,
        long position,
        long tablesPosition,
        long saleLines,
        long receipts,
        long movements,
        List<Long> definitions) {
    /** Version of the tables' layout. */
    public static final int FORMAT = 1;

    /** Name of the file in the export folder. */
    public static final String FILE = "_export.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public ExportState {
        definitions = List.copyOf(definitions);
    }

    /** Nothing exported yet. */
    public static ExportState empty(String purpose, String keyCheck) {
        return new ExportState(purpose, keyCheck, "UTC", 0, 0, 0, 0, 0, List.of());
    }

    /** @throws IOException when the file cannot be read, or is not such a file of this format */
    public static ExportState read(Path exportFolder) throws IOException {
        Path file = exportFolder.resolve(FILE);
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        int format = root.path("format_version").asInt();
        if (format != FORMAT) {
            throw new IOException(file + " has format_version " + format + ", this version writes format_version "
                    + FORMAT + ": export into a new folder");
        }
        List<Long> definitions = new ArrayList<>();
        root.path("definitions").forEach(position -> definitions.add(position.asLong()));
        JsonNode rows = root.path("rows");
        return new ExportState(
                root.path("purpose").asText(),
                root.path("key_check").asText(),
                root.path("zone").asText(),
                root.path("position").asLong(),
                root.path("tables_position").asLong(),
                rows.path("sale_lines").asLong(),
                rows.path("receipts").asLong(),
                rows.path("ledger").asLong(),
                definitions);
    }

    /** Replaces the file in the export folder, durably. */
    public void write(Path exportFolder) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format_version", FORMAT);
        root.put("purpose", purpose);
        root.put("key_check", keyCheck);
        root.put("zone", zone);
        root.put("position", position);
        root.put("tables_position", tablesPosition);
        ObjectNode rows = root.putObject("rows");
        rows.put("sale_lines", saleLines);
        rows.put("receipts", receipts);
        rows.put("ledger", movements);
        ArrayNode positions = root.putArray("definitions");
        definitions.forEach(position -> positions.add(position.longValue()));
        DurableFiles.replace(exportFolder.resolve(FILE), JSON.writeValueAsBytes(root));
    }
}
