package org.assidu.accrual.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.assidu.accrual.grpc.SalesClient;
import org.assidu.accrual.grpc.TestProgrammes;
import org.assidu.accrual.grpc.TestServer;
import org.assidu.proto.v1.DescribeProgrammeRequest;
import org.assidu.proto.v1.DiffProgrammesRequest;
import org.assidu.proto.v1.GetProgrammeRequest;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ListProgrammesRequest;
import org.assidu.proto.v1.Problem;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeVersion;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.PublishProgrammeResponse;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.SimulateReceiptRequest;
import org.assidu.proto.v1.SimulateReceiptResponse;
import org.assidu.proto.v1.ValidateProgrammeRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProgrammeServiceTest {
    /** Mistakes in lines 2, 4, 6, 9 and 12. */
    private static final String FIVE_MISTAKES = """
            format: 1
            id: "no blanks allowed"
            effective_from: 2026-01-01
            time_zone: Europe/Pariss
            currency: EUR
            colour: blue
            earning:
              basis: AMOUNT
              points: -1
            threshold_rewards:
              - id: ten-off
                measure: SMILES
                reaches: 300
                reward:
                  kind: PERCENTAGE_OFF
                  value: 10
            """;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aDocumentWithFiveMistakesGetsFiveProblemsWithTheirLines() {
        var problems = server.programmes()
                .validateProgramme(ValidateProgrammeRequest.newBuilder()
                        .setDocument(document(FIVE_MISTAKES))
                        .build())
                .getProblemsList();
        assertThat(problems).extracting(Problem::getLine).containsExactly(2, 4, 6, 9, 12);
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.getMessage()).isNotEmpty());

        PublishProgrammeResponse refused = publish(FIVE_MISTAKES);
        assertThat(refused.getProblemsList()).isEqualTo(problems);
        assertThat(refused.hasPublished()).isFalse();
        assertThat(server.programmes()
                        .listProgrammes(ListProgrammesRequest.getDefaultInstance())
                        .getVersionsList())
                .isEmpty();
    }

    @Test
    void publishedVersionsAreNumberedListedAndReadBack() {
        PublishProgrammeResponse first = publish(TestProgrammes.POINTS);
        String second = TestProgrammes.DOUBLE.replace("2026-01-01", "2026-10-01");
        assertThat(publish(second).getPublished().getVersion()).isEqualTo(2);
        assertThat(publish(second).getPublished().getVersion())
                .as("the very same document again")
                .isEqualTo(2);

        assertThat(first.getProblemsList()).isEmpty();
        assertThat(first.getPosition()).isPositive().isLessThanOrEqualTo(server.pipeline.durablePosition());
        assertThat(first.getPublished().getProgrammeId()).isEqualTo("points");
        assertThat(first.getPublished().getSha256()).hasSize(64);
        assertThat(first.getPublished().getPublishedAtMillis()).isEqualTo(TestServer.NOW);
        assertThat(server.programmes()
                        .listProgrammes(ListProgrammesRequest.getDefaultInstance())
                        .getVersionsList())
                .extracting(ProgrammeVersion::getVersion)
                .containsExactly(1, 2);
        assertThat(get(1)).isEqualTo(TestProgrammes.POINTS);
        assertThat(get(0)).isEqualTo(second);
        assertThatThrownBy(() -> get(3)).isInstanceOfSatisfying(StatusRuntimeException.class, problem -> {
            assertThat(problem.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(problem).hasMessageContaining("version 3 of 2; ask for 1 to 2");
        });
    }

    @Test
    void aProgrammeIsDescribedInBothLanguages() {
        publish(TestProgrammes.POINTS);
        String english = describe(DescribeProgrammeRequest.newBuilder());
        String french = describe(DescribeProgrammeRequest.newBuilder().setLanguage("fr"));
        assertThat(english).contains("300").contains("10");
        assertThat(french).contains("300").isNotEqualTo(english);
        assertThat(describe(DescribeProgrammeRequest.newBuilder().setDocument(document(TestProgrammes.POINTS))))
                .isEqualTo(english);
        assertThatThrownBy(() -> describe(DescribeProgrammeRequest.newBuilder().setLanguage("de")))
                .hasMessageContaining("language: \"de\"; send en or fr");
        assertThatThrownBy(() -> describe(DescribeProgrammeRequest.newBuilder().setDocument(document("format: 9"))))
                .hasMessageContaining("problems");
    }

    @Test
    void versionsAndDocumentsAreComparedInBothLanguages() {
        publish(TestProgrammes.POINTS);
        DiffProgrammesRequest better = DiffProgrammesRequest.newBuilder()
                .setOldVersion(0)
                .setNextDocument(document(TestProgrammes.DOUBLE))
                .build();
        DiffProgrammesRequest worse = DiffProgrammesRequest.newBuilder()
                .setOldDocument(document(TestProgrammes.DOUBLE))
                .setNextVersion(1)
                .setLanguage("fr")
                .build();

        assertThat(server.programmes().diffProgrammes(better).getText())
                .contains("Changed, earning:")
                .contains("  + You earn 2 points for each 1 EUR");
        assertThat(server.programmes().diffProgrammes(worse).getText())
                .contains("Modifié, le gain : (moins favorable aux membres)");
        assertThat(server.programmes().diffProgrammes(worse).getWorseForMembersList())
                .contains("earning");
        assertThatThrownBy(() -> server.programmes()
                        .diffProgrammes(better.toBuilder().setOldVersion(7).build()))
                .hasMessageContaining("version 7 of 1");
        assertThatThrownBy(() -> server.programmes()
                        .diffProgrammes(better.toBuilder().setLanguage("de").build()))
                .hasMessageContaining("language: \"de\"; send en or fr");
    }

    @Test
    void aSimulatedReceiptEarnsUnderTheRulesGivenAndIsNotRecorded() throws Exception {
        publish(TestProgrammes.POINTS);
        SimulateReceiptResponse now =
                simulate(SimulateReceiptRequest.newBuilder().setVersion(1));
        SimulateReceiptResponse draft =
                simulate(SimulateReceiptRequest.newBuilder().setDocument(document(TestProgrammes.DOUBLE)));
        assertThat(now.getResult().getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(now.getResult().getPointsMicro()).isEqualTo(12_500_000);
        assertThat(now.getResult().getMemberKey()).isZero();
        assertThat(now.getResult().getLinesList())
                .extracting(line -> line.getLine() + " " + line.getStatus())
                .containsExactly("2 LINE_STATUS_NOT_ELIGIBLE");
        assertThat(draft.getResult().getPointsMicro()).isEqualTo(25_000_000);

        assertThat(simulate(SimulateReceiptRequest.newBuilder().setDocument(document(FIVE_MISTAKES)))
                        .getProblemsList())
                .hasSize(5);
        var malformed = server.programmes()
                .simulateReceipt(SimulateReceiptRequest.newBuilder()
                        .setVersion(1)
                        .setReceipt(TestServer.receipt(1, 100).clearLines())
                        .build());
        assertThat(malformed.getResult().getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_MALFORMED_LINE);
        assertThat(malformed.getResult().getDetail()).startsWith("lines: none");

        var recorded = SalesClient.open(server.channel)
                .send(TestServer.receipt(1, 1_250)
                        .setMember(Identifier.newBuilder().setCard(TestServer.card(1))))
                .next();
        assertThat(recorded.getStatus())
                .as("the simulated number is free")
                .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(recorded.getBalanceMicro()).isEqualTo(12_500_000);
    }

    private SimulateReceiptResponse simulate(SimulateReceiptRequest.Builder request) {
        return server.programmes()
                .simulateReceipt(request.setReceipt(TestServer.receipt(1, 1_250)
                                .addLines(TestServer.line(400).setCategory("tobacco")))
                        .build());
    }

    private PublishProgrammeResponse publish(String text) {
        return server.programmes()
                .publishProgramme(PublishProgrammeRequest.newBuilder()
                        .setDocument(document(text))
                        .build());
    }

    private String get(int version) {
        return server.programmes()
                .getProgramme(
                        GetProgrammeRequest.newBuilder().setVersion(version).build())
                .getDocument()
                .getText();
    }

    private String describe(DescribeProgrammeRequest.Builder request) {
        return server.programmes().describeProgramme(request.build()).getText();
    }

    private static ProgrammeDocument document(String text) {
        return ProgrammeDocument.newBuilder().setText(text).build();
    }
}
