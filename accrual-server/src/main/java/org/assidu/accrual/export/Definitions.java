package org.assidu.accrual.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.codec.ProductsRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.StoresRecordCodec;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.ControlDraw;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.table.ProgrammeVersionRow;
import org.assidu.accrual.table.TableFile;

/** Programmes, products and stores as the journal told them so far: a later entry replaces an earlier one. */
final class Definitions {
    private record Published(ProgrammeRecord programme, ZoneId zone, long position, long timeMillis) {}

    private record ProductKey(String sku, int validFrom) {}

    private static final Comparator<ProductKey> BY_SKU =
            Comparator.comparing(ProductKey::sku).thenComparingInt(ProductKey::validFrom);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Long> positions = new ArrayList<>();
    private final List<Published> published = new ArrayList<>();
    private final Map<Integer, Published> byVersion = new HashMap<>();
    private final Map<ProductKey, ProductEntry> products = new TreeMap<>(BY_SKU);
    private final Map<String, StoreEntry> stores = new TreeMap<>();

    /** Takes over the record that the reader is at. */
    void add(RecordType type, JournalReader reader) {
        byte[] buffer = reader.buffer();
        int offset = reader.offset();
        int length = reader.length();
        switch (type) {
            case PROGRAMME -> publish(ProgrammeRecordCodec.decode(buffer, offset, length), reader);
            case PRODUCTS ->
                ProductsRecordCodec.decode(buffer, offset, length)
                        .forEach(product -> products.put(new ProductKey(product.sku(), product.validFrom()), product));
            case STORES ->
                StoresRecordCodec.decode(buffer, offset, length)
                        .forEach(store -> stores.merge(store.store(), store, (known, next) -> next.over(known)));
            case RECEIPT, CHUNK, VOID, ENROLMENT, OPERATION, PRIVACY, EPOCH ->
                throw new IllegalArgumentException(type + " defines nothing");
        }
        positions.add(reader.position());
    }

    private void publish(ProgrammeRecord programme, JournalReader reader) {
        ZoneId zone;
        try {
            zone = ZoneId.of(programme.timeZone());
        } catch (DateTimeException e) {
            throw new ExportException(
                    "programme version " + programme.version() + " at position " + reader.position() + " has time zone "
                            + programme.timeZone() + ", unknown to this Java. Update its time zone data",
                    e);
        }
        Published entry = new Published(programme, zone, reader.position(), reader.timeMillis());
        published.add(entry);
        byVersion.put(programme.version(), entry);
    }

    /** Journal positions of everything added. */
    List<Long> positions() {
        return positions;
    }

    /** Zone of the newest programme; UTC before the first. */
    String newestZone() {
        return published.isEmpty()
                ? "UTC"
                : published.get(published.size() - 1).programme.timeZone();
    }

    /** ISO 4217 currency of a programme version. */
    String currency(int version) {
        return version(version).programme.currency();
    }

    /** Control groups by bonus, as the newest version that has the bonus draws them. */
    Map<String, ControlDraw> controls() {
        Map<String, ControlDraw> controls = new TreeMap<>();
        for (Published entry : published) {
            try {
                for (JsonNode bonus :
                        JSON.readTree(entry.programme.canonicalText()).path("bonuses")) {
                    String id = bonus.path("id").asText();
                    BigDecimal percent =
                            new BigDecimal(bonus.path("control_percent").asText("0"));
                    controls.remove(id);
                    if (percent.signum() > 0) {
                        controls.put(
                                id,
                                new ControlDraw(id, percent.movePointRight(2).intValue()));
                    }
                }
            } catch (JsonProcessingException | NumberFormatException e) {
                throw new ExportException(
                        "the document of programme version " + entry.programme.version() + " cannot be read: "
                                + e.getMessage(),
                        e);
            }
        }
        return controls;
    }

    /** Zone of a programme version; UTC for version 0. */
    ZoneId zone(int version) {
        return version == 0 ? ZoneOffset.UTC : version(version).zone;
    }

    /** Id of a rule; empty for a negative index, which is no rule. */
    String ruleId(int version, int rule) {
        return rule < 0 ? "" : id("rule", version(version).programme.ruleIds(), rule, version);
    }

    /** Id of a purse slot as the version, or else the newest one, knows it. */
    String purseId(int version, int slot) {
        Published known = byVersion.get(version);
        if (known != null && slot >= 0 && slot < known.programme.purseIds().size()) {
            return known.programme.purseIds().get(slot);
        }
        if (published.isEmpty()) {
            throw new ExportException("purse slot " + slot + " is used before any programme was published");
        }
        ProgrammeRecord newest = published.get(published.size() - 1).programme;
        return id("purse slot", newest.purseIds(), slot, newest.version());
    }

    private static String id(String what, List<String> ids, int index, int version) {
        if (index < 0 || index >= ids.size()) {
            throw new ExportException(
                    what + " " + index + " of programme version " + version + ", which has " + ids.size());
        }
        return ids.get(index);
    }

    private Published version(int version) {
        Published known = byVersion.get(version);
        if (known == null) {
            throw new ExportException("programme version " + version + " is used before it was published");
        }
        return known;
    }

    void writeProducts(TableFile<ProductEntry> file) throws IOException {
        for (ProductEntry product : products.values()) {
            file.write(product);
        }
    }

    void writeStores(TableFile<StoreEntry> file) throws IOException {
        for (StoreEntry store : stores.values()) {
            file.write(store);
        }
    }

    void writeProgrammeVersions(TableFile<ProgrammeVersionRow> file) throws IOException {
        for (Published entry : published) {
            ProgrammeRecord p = entry.programme;
            file.write(new ProgrammeVersionRow(
                    p.version(),
                    p.programmeId(),
                    p.sha256(),
                    p.effectiveFromMillis(),
                    entry.timeMillis,
                    p.timeZone(),
                    p.currency(),
                    p.canonicalText(),
                    entry.position));
        }
    }
}
