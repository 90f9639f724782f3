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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.assidu.analytics.fixture.PublicData;

/** The published 1/10 sample of CDNOW: weeks, same-day purchases merged, calibration to 1997-09-30. */
record CdnowData(List<CustomerSummary> customers, List<Integer> holdOut, List<SpendSummary> spend) {

    static final double HOLD_OUT_WEEKS = 39;
    private static final LocalDate END = LocalDate.of(1997, 9, 30);

    /** Reads the file, or skips the calling test with a printed reason. */
    static CdnowData read() {
        Path file = PublicData.require("cdnow_sample.csv.gz", "public CDNOW sample");
        var byCustomer = new TreeMap<String, TreeMap<LocalDate, Double>>();
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .forEach(cell -> byCustomer
                            .computeIfAbsent(cell[1], key -> new TreeMap<>())
                            .merge(LocalDate.parse(cell[2]), Double.parseDouble(cell[4]), Double::sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var customers = new ArrayList<CustomerSummary>();
        var holdOut = new ArrayList<Integer>();
        var spend = new ArrayList<SpendSummary>();
        byCustomer.values().forEach(days -> {
            LocalDate first = days.firstKey();
            Map<LocalDate, Double> repeats = days.subMap(first, false, END, true);
            LocalDate last = days.floorKey(END);
            customers.add(new CustomerSummary(repeats.size(), weeks(first, last), weeks(first, END)));
            holdOut.add(days.tailMap(END, false).size());
            double total =
                    repeats.values().stream().mapToDouble(Double::doubleValue).sum();
            if (total > 0) {
                spend.add(new SpendSummary(repeats.size(), total / repeats.size()));
            }
        });
        return new CdnowData(customers, holdOut, spend);
    }

    SummaryTable table() {
        return SummaryTable.of(customers);
    }

    private static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }
}
