package org.assidu.accrual.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.assidu.accrual.model.Channel;

/** Reads a {@code members} file back: the state that the next export goes on from. */
public final class MembersFile {
    private MembersFile() {}

    /** Whether a file has the members' decisions: those of older versions do not, and cannot be gone on from. */
    public static boolean isComplete(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(ZstdPages.INSTANCE)
                        .build())) {
            MessageType written = reader.getFileMetaData().getSchema();
            return Tables.MEMBERS.schema().getFields().stream()
                    .allMatch(column -> written.containsField(column.getName()));
        }
    }

    /** Calls back with every row; the row is reused. */
    public static void read(Path file, Consumer<MemberRow> rows) throws IOException {
        try (ParquetReader<MemberRow> reader =
                new Builder(file).withCodecFactory(ZstdPages.INSTANCE).build()) {
            for (MemberRow row = reader.read(); row != null; row = reader.read()) {
                rows.accept(row);
            }
        }
    }

    private static final class Builder extends ParquetReader.Builder<MemberRow> {
        Builder(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<MemberRow> getReadSupport() {
            return new MemberReadSupport();
        }
    }

    private static final class MemberReadSupport extends ReadSupport<MemberRow> {
        @Override
        public ReadContext init(
                ParquetConfiguration configuration, Map<String, String> metadata, MessageType fileSchema) {
            return new ReadContext(Tables.MEMBERS.schema());
        }

        @Override
        public RecordMaterializer<MemberRow> prepareForRead(
                Configuration configuration,
                Map<String, String> metadata,
                MessageType fileSchema,
                ReadContext context) {
            return new MemberMaterializer();
        }

        @Override
        public RecordMaterializer<MemberRow> prepareForRead(
                ParquetConfiguration configuration,
                Map<String, String> metadata,
                MessageType fileSchema,
                ReadContext context) {
            return new MemberMaterializer();
        }
    }

    private static final class MemberMaterializer extends RecordMaterializer<MemberRow> {
        private final MemberRow row = new MemberRow();
        private final MemberConverter converter = new MemberConverter(row);

        @Override
        public MemberRow getCurrentRecord() {
            return row;
        }

        @Override
        public GroupConverter getRootConverter() {
            return converter;
        }
    }

    private static final class MemberConverter extends GroupConverter {
        private final MemberRow row;
        private final Converter[] columns;

        MemberConverter(MemberRow row) {
            this.row = row;
            columns = new Converter[] {
                longs(value -> row.memberKey = value),
                longs(value -> row.enrolledAtMillis = Math.floorDiv(value, 1_000L)),
                texts(value -> row.enrolChannel = Channel.valueOf(value)),
                texts(value -> row.enrolStore = value),
                longs(value -> row.balanceMicro = value),
                longs(value -> row.receipts = value),
                ints(value -> row.firstSoldEpochDay = value),
                ints(value -> row.lastSoldEpochDay = value),
                longs(value -> row.position = value),
                consent(Decisions.EMAIL),
                consent(Decisions.SMS),
                consent(Decisions.PUSH),
                consent(Decisions.PROFILING),
                flags(opposed -> row.decisions = Decisions.opposition(row.decisions, opposed)),
                flags(erased -> row.decisions = erased ? Decisions.erased() : row.decisions),
                texts(value -> row.controlOf = value),
                ints(value -> row.tierLevel = value),
                texts(value -> row.tierId = value),
                longs(value -> row.mergedInto = value),
            };
        }

        private Converter consent(int purpose) {
            return flags(given -> row.decisions = Decisions.consent(row.decisions, purpose, given));
        }

        @Override
        public Converter getConverter(int field) {
            return columns[field];
        }

        @Override
        public void start() {
            row.enrolStore = null;
            row.mergedInto = 0;
            row.decisions = 0;
            row.controlOf = null;
            row.tierId = null;
            row.firstSoldEpochDay = row.lastSoldEpochDay = MemberRow.NO_DAY;
        }

        @Override
        public void end() {}
    }

    private static Converter longs(LongConsumer target) {
        return new PrimitiveConverter() {
            @Override
            public void addLong(long value) {
                target.accept(value);
            }
        };
    }

    private static Converter ints(IntConsumer target) {
        return new PrimitiveConverter() {
            @Override
            public void addInt(int value) {
                target.accept(value);
            }
        };
    }

    private interface FlagConsumer {
        void accept(boolean value);
    }

    private static Converter flags(FlagConsumer target) {
        return new PrimitiveConverter() {
            @Override
            public void addBoolean(boolean value) {
                target.accept(value);
            }
        };
    }

    private static Converter texts(Consumer<String> target) {
        return new PrimitiveConverter() {
            @Override
            public void addBinary(Binary value) {
                target.accept(value.toStringUsingUTF8());
            }
        };
    }
}
