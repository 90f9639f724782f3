package org.assidu.accrual.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/**
 * Cumulative figures of a journal's records from the first on, by folding what they say; it decides nothing. A figure is a sum
 * under a name such as {@code records.RECEIPT}, {@code turnover_minor.EUR} or {@code purse_micro.points.EARNED}.
 */
final class JournalTotals {
    private final Map<String, BigInteger> figures = new TreeMap<>();
    /** Positions of the programmes so far: they name the purses. */
    private final List<Long> programmes = new ArrayList<>();

    private List<String> purseIds = List.of();
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final RecordContext context = new RecordContext();

    /** Adds the record under the cursor. @throws IllegalArgumentException when this version cannot read it */
    void add(JournalReader record) {
        RecordType type = RecordType.ofCode(record.type());
        add("records." + type, 1);
        switch (type) {
            case RECEIPT, CHUNK, VOID -> {
                codec.decode(record.buffer(), record.offset(), record.length(), receipt, outcome, context);
                if (type == RecordType.RECEIPT) {
                    addSale();
                }
                addMovements();
            }
            case OPERATION -> {
                var operation = OperationRecordCodec.decode(
                        record.buffer(), record.offset(), record.length(), outcome, context);
                add("operations." + operation.kind(), 1);
                addMovements();
            }
            case PROGRAMME -> addProgramme(record);
            case ENROLMENT, PRODUCTS, STORES, PRIVACY, EPOCH -> {}
        }
    }

    private void addSale() {
        String currency = ReceiptColumns.currencyCode(receipt.currency);
        long amountMinor = 0;
        long returnLines = 0;
        for (int line = 0; line < receipt.lines; line++) {
            amountMinor += receipt.amountMinor[line];
            returnLines += receipt.quantityThousandths[line] < 0 ? 1 : 0;
        }
        add("sale_lines", receipt.lines);
        add("return_lines", returnLines);
        add("turnover_minor." + currency, amountMinor);
    }

    private void addMovements() {
        for (int m = 0; m < outcome.movements; m++) {
            int purse = outcome.movementPurse[m];
            if (purse >= purseIds.size()) {
                throw new IllegalArgumentException("purse slot " + purse + " is used, but the programmes so far name "
                        + purseIds.size() + " purses");
            }
            add("purse_micro." + purseIds.get(purse) + "." + outcome.movementKind[m], outcome.movementMicro[m]);
        }
    }

    private void addProgramme(JournalReader record) {
        purseIds = ProgrammeRecordCodec.decode(record.buffer(), record.offset(), record.length())
                .purseIds();
        programmes.add(record.position());
    }

    private void add(String figure, long value) {
        figures.merge(figure, BigInteger.valueOf(value), BigInteger::add);
    }

    Map<String, BigInteger> figures() {
        return figures;
    }

    void write(ObjectNode body) {
        ObjectNode sums = body.putObject("totals");
        figures.forEach((name, sum) -> sums.put(name, sum));
        ArrayNode positions = body.putArray("programmes");
        programmes.forEach(positions::add);
    }

    /** The totals that a seal states, to go on from there. The reader is moved. */
    static JournalTotals restore(JsonNode body, JournalReader reader) {
        JournalTotals totals = new JournalTotals();
        body.path("totals")
                .fields()
                .forEachRemaining(
                        sum -> totals.figures.put(sum.getKey(), sum.getValue().bigIntegerValue()));
        for (JsonNode position : body.path("programmes")) {
            reader.seek(position.asLong());
            if (reader.next() && RecordType.ofCode(reader.type()) == RecordType.PROGRAMME) {
                totals.addProgramme(reader);
            } else {
                throw new IllegalArgumentException("the newest seal names a programme at position " + position
                        + ", where the journal has none: run `assidu audit`");
            }
        }
        return totals;
    }
}
