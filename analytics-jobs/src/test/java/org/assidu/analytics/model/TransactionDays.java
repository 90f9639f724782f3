package org.assidu.analytics.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.assidu.analytics.fixture.PublicData;

/** Purchase days by customer of a gzipped public CSV file with ISO dates. */
record TransactionDays(TreeMap<String, TreeSet<LocalDate>> byCustomer) {

    /** Reads the file, or skips the calling test with a printed reason. */
    static TransactionDays read(String name, String what, int customer, int day) {
        Path file = PublicData.require(name, what);
        var byCustomer = new TreeMap<String, TreeSet<LocalDate>>();
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .forEach(cell -> byCustomer
                            .computeIfAbsent(cell[customer], key -> new TreeSet<>())
                            .add(LocalDate.parse(cell[day])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TransactionDays(byCustomer);
    }

    int customers() {
        return byCustomer.size();
    }

    /** Summaries in weeks of the customers known by a day. */
    SummaryTable until(String end) {
        LocalDate last = LocalDate.parse(end);
        return SummaryTable.of(byCustomer.values().stream()
                .map(days -> days.headSet(last, true))
                .filter(days -> !days.isEmpty())
                .map(days -> new CustomerSummary(
                        days.size() - 1, weeks(days.first(), days.last()), weeks(days.first(), last)))
                .toList());
    }

    private static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }
}
