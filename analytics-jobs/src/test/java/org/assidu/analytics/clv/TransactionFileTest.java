package org.assidu.analytics.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransactionFileTest {

    private static final TransactionFile.Columns COLUMNS = new TransactionFile.Columns("who", "when", "amount");

    @TempDir
    Path folder;

    @Test
    void rowsOfADayAreOnePurchaseWithTheirSum() throws Exception {
        Transactions read =
                read("who,when,amount\nb,2024-03-02,1.5\na,2024-03-01,10\na,2024-03-01,2.5\na,2024-01-31,1\n");
        assertThat(read.rows()).isEqualTo(4);
        assertThat(read.customers()).extracting(Transactions.Customer::name).containsExactly("a", "b");
        Transactions.Customer a = read.customers().get(0);
        assertThat(a.days()).containsExactly(LocalDate.of(2024, 1, 31), LocalDate.of(2024, 3, 1));
        assertThat(a.spend()).containsExactly(1, 12.5);
        assertThat(read.firstDay()).isEqualTo("2024-01-31");
        assertThat(read.lastDay()).isEqualTo("2024-03-02");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-13, 2024-01-02, 2024-03-13",
        "2024-03-13 23:59:58, 2024-01-02 00:00, 2024-03-13",
        "2024-03-13T23:59:58.123Z, 2024-01-02T00:00Z, 2024-03-13",
        "20240313, 20240102, 2024-03-13",
        "2024/3/13, 2024/1/2, 2024-03-13",
        "13.3.2024, 02.01.2024, 2024-03-13",
        "13/03/2024, 02/01/2024, 2024-03-13",
        "3/13/2024 8:26, 1/2/2024 9:00, 2024-03-13"
    })
    void theFormatOfDatesIsFoundOut(String telling, String open, LocalDate expected) throws Exception {
        Transactions read = read("who,when,amount\na," + open + ",1\na," + telling + ",1\n");
        assertThat(read.customers().get(0).days()).containsExactly(LocalDate.of(2024, 1, 2), expected);
    }

    @Test
    void datesThatCouldBeEitherWayRoundAreNotGuessed() throws Exception {
        String text = "who,when,amount\na,01/02/2024,1\na,03/04/2024,1\n";
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("fit both d/M/yyyy and M/d/yyyy")
                .hasMessageContaining("--date-format");
        assertThat(read(text, "MM/dd/yyyy").lastDay()).isEqualTo("2024-03-04");
    }

    @Test
    void aBadDateIsToldWithItsLine() {
        assertThatThrownBy(() -> read("who,when,amount\na,2024-02-28,1\na,2024-02-30,1\n"))
                .hasMessageContaining("line 3")
                .hasMessageContaining("'2024-02-30'")
                .hasMessageContaining("yyyy-MM-dd");
        assertThatThrownBy(
                        () -> read("who,when,amount\n\"a\nb\",2024-02-28,1\na,2024-03-01,1\na,soon,1\n", "yyyy-MM-dd"))
                .hasMessageContaining("line 5");
        assertThatThrownBy(() -> read("who,when,amount\na,the first,1\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("no known format")
                .hasMessageContaining("--date-format");
        assertThatThrownBy(() -> read("who,when,amount\na,2024-02-28,1\n", "yyyy-QQQQQQ-dd"))
                .hasMessageContaining("--date-format 'yyyy-QQQQQQ-dd' is no date pattern");
    }

    @Test
    void everyOtherFaultNamesItsPlaceAndTheRemedy() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty; give a file");
        assertThatThrownBy(() -> read("who,when,amount\n")).hasMessageContaining("has no data");
        assertThatThrownBy(() -> read("customer,date,amount\na,2024-01-01,1\n"))
                .hasMessageContaining("no column 'who'")
                .hasMessageContaining("customer, date, amount: name them in --columns");
        assertThatThrownBy(() -> read("who,when,amount\na,2024-01-01\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("2 cells");
        assertThatThrownBy(() -> read("who,when,amount\na,2024-01-01,EUR 12\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("'EUR 12'")
                .hasMessageContaining("is no number");
        assertThatThrownBy(() -> read("who,when,amount\na,2024-01-01,NaN\n")).hasMessageContaining("'NaN'");
        assertThatThrownBy(() -> read("who,when,amount\n ,2024-01-01,1\n"))
                .hasMessageContaining("no row that names a customer (1 rows read)");
        assertThatThrownBy(() -> read("who,when,amount\na,2024-01-01,-1\n")).hasMessageContaining("no purchase");
        assertThatThrownBy(() -> new TransactionFile(folder.resolve("none.csv"), COLUMNS, null).read())
                .hasMessageContaining("no file")
                .hasMessageContaining("--transactions");
    }

    @Test
    void refundsAndRowsWithoutACustomerAreLeftOutAndCounted() throws Exception {
        Transactions read = read("who,when,amount\na,2024-01-13,5\na,2024-01-14,-5\na,2024-01-15,0\n,2024-01-16,9\n");
        assertThat(read.customers().get(0).days())
                .containsExactly(LocalDate.of(2024, 1, 13), LocalDate.of(2024, 1, 15));
        assertThat(read.refundDays()).isEqualTo(1);
        assertThat(read.anonymousRows()).isEqualTo(1);
        assertThat(read.lastDay()).isEqualTo("2024-01-15");
    }

    @Test
    void compressionSeparatorAndByteOrderMarkAreSeenToByThemselves() throws Exception {
        Path file = folder.resolve("sales.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\uFEFFwho;when;amount\n\"a,b\";2024-01-13;5\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new TransactionFile(file, COLUMNS, null)
                        .read()
                        .customers()
                        .get(0)
                        .name())
                .isEqualTo("a,b");
        Files.writeString(folder.resolve("plain.csv.gz"), "who,when,amount\n");
        assertThatThrownBy(() -> new TransactionFile(folder.resolve("plain.csv.gz"), COLUMNS, null).read())
                .hasMessageContaining("is no gzip file");
    }

    private Transactions read(String text) throws IOException {
        return read(text, null);
    }

    private Transactions read(String text, @Nullable String format) throws IOException {
        Path file = Files.writeString(folder.resolve("sales.csv"), text);
        return new TransactionFile(file, COLUMNS, format).read();
    }
}
