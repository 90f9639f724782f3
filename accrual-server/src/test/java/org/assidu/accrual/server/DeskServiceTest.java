package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.server.RunningShop.NOW;
import static org.assidu.accrual.server.RunningShop.POINT;
import static org.assidu.accrual.server.RunningShop.card;
import static org.assidu.accrual.server.RunningShop.receipt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.proto.v1.AdjustRequest;
import org.assidu.proto.v1.AdjustResponse;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.DecideAdjustmentRequest;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LinkIdentifierRequest;
import org.assidu.proto.v1.ListAdjustmentsRequest;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.ReplaceCardRequest;
import org.assidu.proto.v1.ReplaceCardResponse;
import org.assidu.proto.v1.StatementEntry;
import org.assidu.proto.v1.UnblockCardRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service desk over the network; every test ends with a restart and a verification. */
@Timeout(180)
final class DeskServiceTest {
    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong(NOW);
    private RunningShop shop;

    @BeforeEach
    void start() {
        shop = new RunningShop(folder, clock).published();
    }

    @AfterEach
    void theStateOutlivesARestartAndVerifies() throws IOException {
        GetStatusResponse before = shop.status();
        shop.close();
        DataVerification verification =
                DataVerification.run(new DataDirectory(folder), RecoveryProgress.silent(), position -> {});
        assertThat(verification.sound()).as(verification.text()).isTrue();
        try (RunningShop again = new RunningShop(folder, clock)) {
            assertThat(again.status().getStateHash()).isEqualTo(before.getStateHash());
            assertThat(again.status().getOutstandingMicro()).isEqualTo(before.getOutstandingMicro());
        }
    }

    private AdjustResponse adjust(String id, int serial, long points, String author) {
        return shop.members()
                .adjust(AdjustRequest.newBuilder()
                        .setMember(card(serial))
                        .setAmountMicro(points * POINT)
                        .setReason("case 12")
                        .setAdjustmentId(id)
                        .setAuthor(author)
                        .build());
    }

    private OperationStatus decide(String id, boolean approved, String author) {
        return shop.members()
                .decideAdjustment(DecideAdjustmentRequest.newBuilder()
                        .setAdjustmentId(id)
                        .setApproved(approved)
                        .setAuthor(author)
                        .build())
                .getStatus();
    }

    private int waiting() {
        return shop.members()
                .listAdjustments(ListAdjustmentsRequest.getDefaultInstance())
                .getAdjustmentsCount();
    }

    private GetStatementResponse statement(int serial) {
        return shop.members()
                .getStatement(GetStatementRequest.newBuilder()
                        .setMember(card(serial))
                        .setLimit(100)
                        .build());
    }

    @Test
    void anAdjustmentIsDoneOnceAndItsStatementNamesAuthorAndReason() {
        shop.earn(1, 100);
        AdjustResponse first = adjust("a-1", 1, 50, "anna");
        assertThat(first.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(first.getBalanceMicro()).isEqualTo(150 * POINT);
        assertThat(adjust("a-1", 1, 50, "anna").getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        StatementEntry entry = statement(1).getEntries(0);
        assertThat(entry.getOperation()).isEqualTo("ADJUST");
        assertThat(entry.getAuthor()).isEqualTo("anna");
        assertThat(entry.getReason()).isEqualTo("case 12");
        assertThat(shop.balance(1)).isEqualTo(150);
    }

    @Test
    void aLargeAdjustmentWaitsOverARestartUntilAnotherPersonApprovesIt() {
        shop.earn(1, 100);
        AdjustResponse asked = adjust("a-1", 1, 5_000, "anna");
        assertThat(asked.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_APPROVAL_REQUIRED);
        assertThat(asked.getWaiting()).isTrue();
        shop.close();
        shop = new RunningShop(folder, clock);
        assertThat(waiting()).isEqualTo(1);
        assertThat(shop.balance(1)).isEqualTo(100);
        assertThat(decide("a-1", true, "anna")).isEqualTo(OperationStatus.OPERATION_STATUS_NOT_ALLOWED);
        assertThat(decide("a-1", true, "boris")).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(decide("a-1", true, "boris")).isEqualTo(OperationStatus.OPERATION_STATUS_NOTHING_TO_DO);
        assertThat(adjust("a-1", 1, 5_000, "anna").getWaiting()).isFalse();
        assertThat(shop.balance(1)).isEqualTo(5_100);
        assertThat(waiting()).isZero();
        StatementEntry entry = statement(1).getEntries(0);
        assertThat(entry.getOperation()).isEqualTo("APPROVE_ADJUSTMENT");
        assertThat(entry.getAuthor()).isEqualTo("boris");
        adjust("a-2", 1, -3_000, "anna");
        assertThat(decide("a-2", false, "boris")).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(shop.balance(1)).isEqualTo(5_100);
    }

    @Test
    void anAdjustmentNeedsAnAuthorAndAReason() {
        shop.earn(1, 100);
        assertThatThrownBy(() -> adjust("a-1", 1, 50, "")).hasMessageContaining("author: missing");
        assertThatThrownBy(() -> adjust("", 1, 50, "anna")).hasMessageContaining("adjustment_id: 0 bytes");
        assertThatThrownBy(() -> adjust("a-1", 1, 0, "anna")).hasMessageContaining("amount_micro: 0");
        assertThatThrownBy(() -> adjust("a-1", 9, 1, "anna")).hasMessageContaining("no member has this identifier");
    }

    private ReplaceCardResponse replace(Identifier member, long lost, int newSerial) {
        return shop.members()
                .replaceCard(ReplaceCardRequest.newBuilder()
                        .setMember(member)
                        .setLostCard(lost)
                        .setNewCard(card(newSerial).getCard())
                        .setReason("lost")
                        .setAuthor("anna")
                        .build());
    }

    private ReceiptStatus sell(int number, int serial) {
        return shop.record(receipt(number, 10).setMember(card(serial)).build()).getStatus();
    }

    @Test
    void aReplacedCardCarriesEverythingOnAndTheLostOneEarnsNothing() {
        shop.earn(1, 100);
        ReplaceCardResponse replaced = replace(card(1), card(1).getCard(), 2);
        assertThat(replaced.getBlockedCards()).isEqualTo(1);
        assertThat(replace(card(1), card(1).getCard(), 2).getBlockedCards()).isZero();
        assertThat(sell(50, 1)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CARD_BLOCKED);
        assertThat(shop.balance(2)).isEqualTo(100);
        assertThat(sell(51, 2)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(shop.balance(2)).isEqualTo(110);
        shop.close();
        shop = new RunningShop(folder, clock);
        assertThat(sell(52, 1)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CARD_BLOCKED);
        assertThat(shop.balance(1))
                .as("the desk still finds the member by the lost card")
                .isEqualTo(110);
    }

    @Test
    void whoLostAnUnknownNumberHasAllCardsBlocked() {
        shop.earn(1, 100);
        Identifier phone = Identifier.newBuilder().setPhone("+33612345678").build();
        for (Identifier more : new Identifier[] {phone, card(2)}) {
            var unused = shop.members()
                    .linkIdentifier(LinkIdentifierRequest.newBuilder()
                            .setMember(card(1))
                            .setAdded(more)
                            .build());
        }
        assertThat(replace(phone, 0, 3).getBlockedCards()).isEqualTo(2);
        assertThat(sell(50, 1)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CARD_BLOCKED);
        assertThat(sell(51, 2)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CARD_BLOCKED);
        assertThat(shop.record(receipt(52, 10).setMember(phone).build()).getStatus())
                .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(shop.balance(3)).isEqualTo(110);
    }

    @Test
    void aCardOfSomebodyElseIsNoReplacement() {
        shop.earn(1, 100).earn(2, 30);
        assertThatThrownBy(() -> replace(card(1), card(1).getCard(), 2)).hasMessageContaining("ALREADY_EXISTS");
        assertThatThrownBy(() -> replace(card(1), card(2).getCard(), 3)).hasMessageContaining("ALREADY_EXISTS");
        assertThatThrownBy(() -> replace(card(1), card(1).getCard(), 1)).hasMessageContaining("FAILED_PRECONDITION");
        assertThat(sell(50, 1)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
    }

    @Test
    void aFoundCardIsUsedAgain() {
        shop.earn(1, 100);
        var blocked = shop.members()
                .blockCard(BlockCardRequest.newBuilder()
                        .setCard(card(1).getCard())
                        .setReason("lost")
                        .setAuthor("anna")
                        .build());
        assertThat(sell(50, 1)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_CARD_BLOCKED);
        var unblocked = shop.members()
                .unblockCard(UnblockCardRequest.newBuilder()
                        .setCard(card(1).getCard())
                        .setReason("found")
                        .setAuthor("anna")
                        .build());
        assertThat(unblocked.getMemberKey()).isEqualTo(blocked.getMemberKey());
        assertThat(sell(51, 1)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(shop.balance(1)).isEqualTo(110);
    }
}
