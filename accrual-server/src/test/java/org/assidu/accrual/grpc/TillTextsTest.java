package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.grpc.TestServer.card;
import static org.assidu.accrual.grpc.TestServer.receipt;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assidu.proto.v1.GetReceiptTextRequest;
import org.assidu.proto.v1.GetReceiptTextResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.Prompt;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.ReceiptText;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.assidu.proto.v1.RewardMeasure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TillTextsTest {
    private static final long POINT = 1_000_000;
    private static final Identifier ADA =
            Identifier.newBuilder().setCard(card(1)).build();

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder).publish(TestProgrammes.POINTS + "name: {en: Points Club, fr: Club Points}\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ReceiptResult send(Receipt.Builder receipt) {
        return server.accrual()
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build())
                .getResult();
    }

    private static List<String> words(List<Prompt> prompts) {
        return prompts.stream()
                .map(prompt -> prompt.getCode() + ": " + prompt.getText())
                .toList();
    }

    private List<String> lookUp(String language) {
        LookUpResponse answer = server.members()
                .lookUp(LookUpRequest.newBuilder()
                        .setMember(ADA)
                        .setLanguage(language)
                        .build());
        return words(answer.getPromptsList());
    }

    @Test
    void aLookUpSaysWhatTheCashierShouldDo() {
        send(receipt(1, 25_000).setMember(ADA));
        assertThat(lookUp("")).isEmpty();
        assertThat(lookUp("en"))
                .containsExactly("NEXT_REWARD: 50 points to go: 10 % off", "EMAIL_MISSING: Ask for an e-mail address");
        send(receipt(2, 10_000).setMember(ADA));
        String today = Instant.ofEpochMilli(TestServer.NOW)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        server.members()
                .rectifyMember(RectifyMemberRequest.newBuilder()
                        .setMember(ADA)
                        .setData(PersonalData.newBuilder()
                                .setBirthDate("1990" + today.substring(4))
                                .setEmail("ada@example.org"))
                        .build());
        assertThat(lookUp("fr"))
                .containsExactly(
                        "REWARD_TO_OFFER: Sera déduit par la caisse : une remise de 10 %",
                        "BIRTHDAY: C'est son anniversaire : souhaitez-le");
    }

    @Test
    void anOpenReceiptBringsPromptsAndAPaidOneItsText() {
        send(receipt(1, 29_000).setMember(ADA));
        ReceiptResult open = send(receipt(2, 500)
                .setMember(ADA)
                .setPhase(ReceiptPhase.RECEIPT_PHASE_OPEN)
                .setChunk(1)
                .setLanguage("en"));
        assertThat(open.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_PROVISIONAL);
        assertThat(words(open.getPromptsList())).containsExactly("NEXT_REWARD: 10 points to go: 10 % off");
        assertThat(open.hasReceiptText()).isFalse();

        Receipt.Builder closing = receipt(2, 1_000)
                .setMember(ADA)
                .setPhase(ReceiptPhase.RECEIPT_PHASE_CLOSING)
                .setChunk(2)
                .setLanguage("fr");
        ReceiptResult paid = send(closing);
        ReceiptText text = paid.getReceiptText();
        assertThat(text.getLinesList())
                .containsExactly(
                        "Club Points",
                        "Points de ce ticket : 15",
                        "Votre solde : 305 points",
                        "À votre prochaine visite : une remise de",
                        "  10 %",
                        "Plus que 295 points : une remise de 10 %");
        assertThat(text.getLanguage()).isEqualTo("fr");
        assertThat(text.getPointsMicro()).isEqualTo(15 * POINT);
        assertThat(text.getBalanceMicro()).isEqualTo(305 * POINT);
        assertThat(text.getNextReward().getRewardId()).isEqualTo("ten-off");
        assertThat(text.getNextReward().getMissingUnits()).isEqualTo(295 * POINT);
        assertThat(text.getNextReward().getMeasure()).isEqualTo(RewardMeasure.REWARD_MEASURE_POINTS);
        assertThat(paid.getPromptsList()).isEmpty();
        assertThat(send(closing).getReceiptText()).as("a repeat").isEqualTo(text);
    }

    @Test
    void nobodyGetsTextsWhoDidNotAskOrIsNoMember() {
        assertThat(send(receipt(1, 100).setMember(ADA)).hasReceiptText()).isFalse();
        assertThat(send(receipt(2, 100).setLanguage("en")).hasReceiptText()).isFalse();
        ReceiptResult refused = send(receipt(1, 999).setMember(ADA).setLanguage("en"));
        assertThat(refused.getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_RECEIPT_CONFLICT);
        assertThat(refused.hasReceiptText()).isFalse();
    }

    @Test
    void theTextOfAReceiptCanBeAskedForLater() {
        send(receipt(1, 12_345).setMember(ADA));
        send(receipt(2, 10_000).setMember(ADA));
        GetReceiptTextResponse answer = server.members()
                .getReceiptText(GetReceiptTextRequest.newBuilder()
                        .setReceipt(receipt(1, 0).getIdentity())
                        .build());
        assertThat(answer.getText().getLinesList())
                .containsExactly(
                        "Points Club",
                        "Points of this receipt: 123.45",
                        "Your balance: 223.45 points",
                        "76.55 points to go: 10 % off");
        assertThat(answer.getMemberKey()).isNotZero();

        send(receipt(3, 100));
        assertThatThrownBy(() -> server.members()
                        .getReceiptText(GetReceiptTextRequest.newBuilder()
                                .setReceipt(receipt(3, 0).getIdentity())
                                .build()))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("it names no member");
        assertThatThrownBy(() -> server.members()
                        .getReceiptText(GetReceiptTextRequest.newBuilder()
                                .setReceipt(receipt(9, 0).getIdentity())
                                .build()))
                .hasMessageContaining("NOT_FOUND");
    }
}
