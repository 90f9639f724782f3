package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assidu.proto.v1.ActKind;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ImportTagsRequest;
import org.assidu.proto.v1.ImportTagsResponse;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.OpposeProfilingRequest;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.RecordActRequest;
import org.assidu.proto.v1.RecordActResponse;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.assidu.proto.v1.RefusedTagRow;
import org.assidu.proto.v1.StreamEventsRequest;
import org.assidu.proto.v1.StreamEventsResponse;
import org.assidu.proto.v1.TagRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ActServiceTest {
    private static final String ACTS = """
            acts:
              - {id: hello, act: WELCOME, points: 50}
              - {id: opinion, act: SURVEY, points: 10, times: 1}
              - {id: app, act: CUSTOM, code: app, points: 7}
            bonuses:
              - {id: cake, name: {en: Cake, fr: Gâteau}, when: {birthday: {days_before: 0, days_after: 0}}, award: {kind: FIXED_POINTS, value: 5}}
            """;
    /** Of the server's clock. */
    private static final String TODAY = "1988-09-21";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder).publish(TestProgrammes.POINTS + ACTS);
        enrol(1);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Identifier card(int serial) {
        return Identifier.newBuilder().setCard(TestServer.card(serial)).build();
    }

    private void enrol(int serial) {
        var unused = server.members()
                .enrol(EnrolRequest.newBuilder().addIdentifiers(card(serial)).build());
    }

    private static RecordActRequest.Builder act(ActKind kind, String key) {
        return RecordActRequest.newBuilder().setMember(card(1)).setKind(kind).setIdempotencyKey(key);
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        Iterator<StreamEventsResponse> stream = server.engagement()
                .streamEvents(StreamEventsRequest.newBuilder()
                        .setEndWhenCaughtUp(true)
                        .build());
        stream.forEachRemaining(response -> events.addAll(response.getEventsList()));
        return events;
    }

    @Test
    void anActIsAnsweredWithWhatItGaveAndToldToTheCrm() {
        RecordActResponse survey = server.engagement()
                .recordAct(act(ActKind.ACT_KIND_SURVEY, "s")
                        .setScore(9)
                        .setStore("S1")
                        .build());
        RecordActResponse again = server.engagement()
                .recordAct(act(ActKind.ACT_KIND_SURVEY, "s").setScore(2).build());
        RecordActResponse app = server.engagement()
                .recordAct(act(ActKind.ACT_KIND_CUSTOM, "a").setCode("app").build());

        assertThat(survey.getMovementsList())
                .extracting(moved -> moved.getRuleId() + " " + moved.getPointsMicro())
                .containsExactly("opinion 10000000");
        assertThat(again.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        assertThat(again.getMovementsList()).isEmpty();
        assertThat(app.getBalanceMicro()).isEqualTo(67_000_000);
        assertThat(events())
                .extracting(event -> event.getKind().name().substring("EVENT_KIND_".length()) + " " + event.getValue()
                        + " " + event.getOperation() + " " + event.getSubject())
                .containsExactly("WELCOME 0  ", "SURVEY_ANSWERED 9 ACT SURVEY");
    }

    @Test
    void requestsThatCannotBeRecordedSayWhy() {
        assertRefused(act(ActKind.ACT_KIND_SURVEY, "s").setScore(11), "score: 11; send 0 to 10");
        assertRefused(act(ActKind.ACT_KIND_SURVEY, ""), "idempotency_key: 0 bytes; send 1 to 64");
        assertRefused(act(ActKind.ACT_KIND_CUSTOM, "c"), "code: 0 bytes; send 1 to 64");
        assertRefused(act(ActKind.ACT_KIND_REVIEW, "r").setCode("app"), "code: is for CUSTOM acts only");
        assertRefused(act(ActKind.ACT_KIND_UNSPECIFIED, "u"), "kind: 0; send REVIEW, SURVEY or CUSTOM");
        assertRefused(act(ActKind.ACT_KIND_REVIEW, "r").setMember(card(9)), "no member has this identifier");
    }

    private void assertRefused(RecordActRequest.Builder request, String why) {
        assertThatThrownBy(() -> server.engagement().recordAct(request.build())).hasMessageContaining(why);
    }

    @Test
    void theBirthdayIsKnownToRulesUntilProfilingIsOpposedAndAgainAfterwards() {
        server.members()
                .rectifyMember(RectifyMemberRequest.newBuilder()
                        .setMember(card(1))
                        .setData(PersonalData.newBuilder().setBirthDate(TODAY))
                        .build());
        assertThat(points(1)).isEqualTo(6_000_000);
        oppose(true);
        assertThat(points(2)).isEqualTo(1_000_000);
        oppose(false);
        assertThat(points(3)).isEqualTo(6_000_000);
        server.members()
                .rectifyMember(RectifyMemberRequest.newBuilder()
                        .setMember(card(1))
                        .addCleared("birth_date")
                        .build());
        assertThat(points(4)).isEqualTo(1_000_000);
    }

    /** Of a receipt of 1 euro. */
    private long points(int number) {
        return server.accrual()
                .recordReceipt(RecordReceiptRequest.newBuilder()
                        .setReceipt(TestServer.receipt(number, 100).setMember(card(1)))
                        .build())
                .getResult()
                .getPointsMicro();
    }

    private void oppose(boolean opposed) {
        server.members()
                .opposeProfiling(OpposeProfilingRequest.newBuilder()
                        .setMember(card(1))
                        .setOpposed(opposed)
                        .build());
    }

    @Test
    void tagsAreAnsweredRequestByRequestWithTheRowsThatAreRefused() throws Exception {
        enrol(2);
        oppose(true);
        List<ImportTagsResponse> responses = importTags(
                request("f", row(2, "vip"), row(1, "vip"), row(9, "vip"), row(2, "Vip")),
                request("f", row(2, "vip"), row(2, "new").setLastDay(20991340)));

        assertThat(responses).hasSize(2);
        assertThat(responses.get(0).getChanged()).isEqualTo(1);
        assertThat(responses.get(0).getOpposed()).isEqualTo(1);
        assertThat(responses.get(0).getRefusedList())
                .extracting(RefusedTagRow::getRow)
                .containsExactly(2, 3);
        assertThat(responses.get(1).getUnchanged()).isEqualTo(1);
        assertThat(responses.get(1).getRefused(0).getReason()).startsWith("last_day is 20991340");
        assertThatThrownBy(() -> importTags(request("", row(2, "vip")))).hasMessageContaining("file_id: 0 bytes");
        assertThatThrownBy(() -> importTags(request("f"))).hasMessageContaining("rows: 0; send 1 to 200");
    }

    private static TagRow.Builder row(int serial, String tag) {
        return TagRow.newBuilder().setMember(card(serial)).setTag(tag);
    }

    private static ImportTagsRequest request(String file, TagRow.Builder... rows) {
        ImportTagsRequest.Builder request = ImportTagsRequest.newBuilder().setFileId(file);
        for (TagRow.Builder row : rows) {
            request.addRows(row);
        }
        return request.build();
    }

    private List<ImportTagsResponse> importTags(ImportTagsRequest... requests) throws Exception {
        List<ImportTagsResponse> responses = new ArrayList<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        StreamObserver<ImportTagsRequest> stream = EngagementServiceGrpc.newStub(server.channel)
                .importTags(new StreamObserver<>() {
                    @Override
                    public void onNext(ImportTagsResponse response) {
                        responses.add(response);
                    }

                    @Override
                    public void onError(Throwable problem) {
                        end.completeExceptionally(problem);
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(null);
                    }
                });
        for (ImportTagsRequest request : requests) {
            stream.onNext(request);
        }
        stream.onCompleted();
        end.get(60, TimeUnit.SECONDS);
        return responses;
    }
}
