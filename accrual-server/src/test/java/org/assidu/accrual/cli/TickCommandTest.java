package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.engagement.EventJson;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assidu tick}: days that pass on request, in order, each with what is due on it. */
final class TickCommandTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            accepted_window: {past_days: 3650}
            earning: {basis: AMOUNT, points: 1}
            %s
            cards: [{from: 2990000000002, to: 2990000999993, auto_enrol: true}]
            """;

    @TempDir
    private Path folder;

    private void publish(RunningServer server, String more) throws Exception {
        Path file = Files.writeString(folder.resolve("points.yaml"), PROGRAMME.formatted(more));
        Terminal published = server.type("programme", "publish", file.toString());
        assertThat(published.code()).as(published.out() + published.err()).isZero();
    }

    /** A history of two sales, on two days. */
    private static void importHistory(RunningServer server) throws Exception {
        try (Connection connection = Connection.to(server.address())) {
            for (int number = 1; number <= 2; number++) {
                ReceiptStatus status = AccrualServiceGrpc.newBlockingStub(connection.channel())
                        .recordReceipt(RecordReceiptRequest.newBuilder()
                                .setReceipt(Receipt.newBuilder()
                                        .setIdentity(ReceiptIdentity.newBuilder()
                                                .setStore("S1")
                                                .setTill("1")
                                                .setNumber(number))
                                        .setSoldAtMillis(Instant.parse("2026-01-" + number + "0T12:00:00Z")
                                                .toEpochMilli())
                                        .setCurrency("EUR")
                                        .setHistorical(true)
                                        .setMember(Identifier.newBuilder().setCard(2_990_000_000_019L))
                                        .addLines(SaleLine.newBuilder()
                                                .setSku("bread")
                                                .setQuantityThousandths(1_000)
                                                .setAmountMinor(number * 1_000)))
                                .build())
                        .getResult()
                        .getStatus();
                assertThat(status).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
            }
        }
    }

    @Test
    void daysAfterAHistoryPassInOrderUpToTheDateGiven() throws Exception {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            publish(server, "purse: {validity: {length: 1, unit: MONTHS}, reminder_days: [7]}");
            importHistory(server);
            assertThat(server.type("status", "--json").json("day")).isEqualTo("20260120");
            Terminal passed = server.type("tick", "--until", "2026-02-15");
            assertThat(passed.code()).as(passed.err()).isZero();
            assertThat(passed.out()).startsWith("it is 2026-02-15 for members; ");
            assertThat(server.type("status", "--json").json("day")).isEqualTo("20260215");
            assertThat(server.type("status", "--json").json("outstandingMicro")).isEqualTo("20000000");
            Terminal back = server.type("tick", "--until", "2026-02-01", "--json");
            assertThat(back.code()).isZero();
            assertThat(back.json("day")).as("no day is taken back").isEqualTo("20260215");
            assertThat(server.type("tick", "--until", "2026-02-21").code()).isZero();

            List<Event> events = events(server);
            assertThat(events)
                    .extracting(
                            event -> event.getKind().name().replace("EVENT_KIND_", ""),
                            Event::getPurseId,
                            Event::getLastDay,
                            Event::getValue)
                    .containsExactly(
                            tuple("POINTS_EXPIRING", "points", 20260210, 10_000_000L),
                            tuple("POINTS_EXPIRED", "points", 20260210, 10_000_000L),
                            tuple("POINTS_EXPIRING", "points", 20260220, 20_000_000L),
                            tuple("POINTS_EXPIRED", "points", 20260220, 20_000_000L));
            assertThat(events)
                    .extracting(event -> LocalDate.ofInstant(Instant.ofEpochMilli(event.getHappenedAtMillis()), PARIS)
                            .toString())
                    .containsExactly("2026-02-03", "2026-02-11", "2026-02-13", "2026-02-21");
        }
    }

    private List<Event> events(RunningServer server) throws Exception {
        Terminal told = server.type("events", "tail", "--from", "1", "--no-follow", "--json");
        assertThat(told.code()).as(told.err()).isZero();
        List<Event> events = new ArrayList<>();
        for (String line : told.out().lines().toList()) {
            Event event = EventJson.parse(line);
            if (event.getOperation().equals("SETTLE")) {
                events.add(event);
            }
        }
        return events;
    }

    @Test
    void aDayThatHasNotComeIsBegunOnlyWhenMeant() throws Exception {
        LocalDate ahead = LocalDate.now(PARIS).plusDays(3);
        String date = ahead.format(DateTimeFormatter.ISO_LOCAL_DATE);
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            publish(server, "purse: {pending_days: 1}");
            importHistory(server);
            Terminal early = server.type("tick", "--until", date);
            assertThat(early.code()).isNotZero();
            assertThat(early.err()).contains(date + " has not come yet").contains("beyond_today");
            Terminal meant = server.type("tick", "--until", date, "--beyond-today");
            assertThat(meant.code()).as(meant.err()).isZero();
            assertThat(meant.out()).startsWith("it is " + date + " for members; ");
        }
    }

    @Test
    void nothingPassesWhereTimeChangesNothing() throws Exception {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            publish(server, "purse: {negative: ALLOW}");
            Terminal refused = server.type("tick", "--until", "2026-02-01");
            assertThat(refused.code()).isNotZero();
            assertThat(refused.err()).contains("no published programme has").contains("that time changes");
        }
    }
}
