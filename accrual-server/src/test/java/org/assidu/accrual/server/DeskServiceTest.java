package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.server.RunningShop.NOW;
import static org.assidu.accrual.server.RunningShop.POINT;
import static org.assidu.accrual.server.RunningShop.card;
import static org.assidu.accrual.server.RunningShop.identity;
import static org.assidu.accrual.server.RunningShop.receipt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.proto.v1.AdjustRequest;
import org.assidu.proto.v1.AdjustResponse;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.ChangeConsentsRequest;
import org.assidu.proto.v1.ClaimReceiptRequest;
import org.assidu.proto.v1.ClaimReceiptResponse;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.DecideAdjustmentRequest;
import org.assidu.proto.v1.EraseMemberRequest;
import org.assidu.proto.v1.ExplainReceiptRequest;
import org.assidu.proto.v1.ExportMemberRequest;
import org.assidu.proto.v1.ExportMemberResponse;
import org.assidu.proto.v1.GetProfileRequest;
import org.assidu.proto.v1.GetProfileResponse;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.JoinHouseholdRequest;
import org.assidu.proto.v1.JoinHouseholdResponse;
import org.assidu.proto.v1.LeaveHouseholdRequest;
import org.assidu.proto.v1.LeaveHouseholdResponse;
import org.assidu.proto.v1.LinkIdentifierRequest;
import org.assidu.proto.v1.ListAdjustmentsRequest;
import org.assidu.proto.v1.MergeMembersRequest;
import org.assidu.proto.v1.MergeMembersResponse;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.assidu.proto.v1.ReplaceCardRequest;
import org.assidu.proto.v1.ReplaceCardResponse;
import org.assidu.proto.v1.SaleLine;
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

    private ClaimReceiptResponse claim(int number, int serial) {
        return shop.members()
                .claimReceipt(ClaimReceiptRequest.newBuilder()
                        .setMember(card(serial))
                        .setReceipt(identity(number))
                        .setAuthor("anna")
                        .setReason("receipt shown")
                        .build());
    }

    @Test
    void aClaimedReceiptIsTheMembersOverARestart() {
        shop.earn(1, 100).earn(2, 5);
        assertThat(shop.record(receipt(50, 40).build()).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        ClaimReceiptResponse claimed = claim(50, 1);
        assertThat(claimed.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(claimed.getPointsMicro()).isEqualTo(40 * POINT);
        assertThat(claimed.getBalanceMicro()).isEqualTo(140 * POINT);
        shop.close();
        shop = new RunningShop(folder, clock);
        assertThat(claim(50, 1).getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        assertThat(claim(50, 2).getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_NOT_ALLOWED);
        assertThatThrownBy(() -> claim(51, 1)).hasMessageContaining("no closed receipt has this identity");
        assertThat(shop.record(receipt(50, 40).build()).getStatus())
                .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
        StatementEntry entry = statement(1).getEntries(0);
        assertThat(entry.getOperation()).isEqualTo("CLAIM");
        assertThat(entry.getReceipt().getNumber()).isEqualTo(50);
        var explained = shop.members()
                .explainReceipt(ExplainReceiptRequest.newBuilder()
                        .setReceipt(identity(50))
                        .build());
        assertThat(explained.getClaimed()).isTrue();
        assertThat(explained.getMemberKey()).isEqualTo(claimed.getMemberKey());
        assertThat(explained.getLines(0).getPointsMicro()).isEqualTo(40 * POINT);
        var back = receipt(52, 0)
                .clearLines()
                .addLines(SaleLine.newBuilder()
                        .setSku("bread")
                        .setQuantityThousandths(-1_000)
                        .setAmountMinor(-4_000)
                        .setOriginal(OriginalLine.newBuilder()
                                .setReceipt(identity(50))
                                .setLine(1)))
                .build();
        assertThat(shop.record(back).getStatus()).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(shop.balance(1)).isEqualTo(100);
        Iterable<ExportMemberResponse> held = () -> shop.members()
                .exportMember(
                        ExportMemberRequest.newBuilder().setMember(card(1)).build());
        assertThat(held)
                .filteredOn(ExportMemberResponse::hasReceipt)
                .extracting(part -> part.getReceipt().getReceipt().getIdentity().getNumber())
                .contains(50L, 1L);
    }

    private MergeMembersResponse merge(Identifier absorbed, Identifier survivor) {
        return shop.members()
                .mergeMembers(MergeMembersRequest.newBuilder()
                        .setSurvivor(survivor)
                        .setAbsorbed(absorbed)
                        .setAuthor("anna")
                        .setReason("same person")
                        .build());
    }

    private static Identifier key(long memberKey) {
        return Identifier.newBuilder().setMemberKey(memberKey).build();
    }

    private GetProfileResponse profile(Identifier member) {
        return shop.members()
                .getProfile(GetProfileRequest.newBuilder().setMember(member).build());
    }

    @Test
    void afterAMergeEveryOldIdentifierLeadsToTheSurvivorOverARestart() {
        shop.earn(1, 100).earn(2, 30);
        long absorbed = profile(card(2)).getMemberKey();
        var rectified = shop.members()
                .rectifyMember(RectifyMemberRequest.newBuilder()
                        .setMember(card(2))
                        .setData(PersonalData.newBuilder().setGivenName("Ada").setFamilyName("Lovelace"))
                        .build());
        assertThat(rectified.getMemberKey()).isEqualTo(absorbed);
        var consent = shop.members()
                .changeConsents(ChangeConsentsRequest.newBuilder()
                        .setMember(card(2))
                        .addConsents(Consent.newBuilder()
                                .setPurpose(ConsentPurpose.CONSENT_PURPOSE_EMAIL)
                                .setGranted(true)
                                .setWordingVersion("w7")
                                .setGivenAtMillis(NOW))
                        .build());
        assertThat(consent.getMemberKey()).isEqualTo(absorbed);
        MergeMembersResponse merged = merge(card(2), card(1));
        assertThat(merged.getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_DONE);
        assertThat(merged.getBalanceMicro()).isEqualTo(130 * POINT);
        assertThat(merge(card(2), card(1)).getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        for (int restart = 0; restart < 2; restart++) {
            assertThat(shop.balance(2)).isEqualTo(130);
            for (Identifier old : List.of(card(2), key(absorbed))) {
                GetProfileResponse found = profile(old);
                assertThat(found.getMemberKey()).isEqualTo(merged.getMemberKey());
                assertThat(found.getData().getFamilyName()).isEqualTo("Lovelace");
                assertThat(found.getConsents(0).getWordingVersion()).isEqualTo("w7");
            }
            assertThat(statement(2).getEntriesList())
                    .extracting(entry -> entry.getMovement().getPointsMicro() / POINT)
                    .containsExactlyInAnyOrder(100L, 30L, -30L, 30L);
            shop.close();
            shop = new RunningShop(folder, clock);
        }
        assertThat(shop.record(receipt(60, 5).setMember(key(absorbed)).build()).getMemberKey())
                .isEqualTo(merged.getMemberKey());
        assertThat(shop.balance(1)).isEqualTo(135);
        var erased = shop.members()
                .eraseMember(EraseMemberRequest.newBuilder().setMember(card(1)).build());
        assertThat(erased.getPosition()).isPositive();
        shop.close();
        shop = new RunningShop(folder, clock);
        assertThatThrownBy(() -> profile(card(2))).hasMessageContaining("no member has this identifier");
        assertThatThrownBy(() -> profile(key(absorbed))).hasMessageContaining("no member has this identifier");
    }

    @Test
    void aMergeThatACrashCutOffFromTheDirectoryIsFollowedAtTheNextStart() {
        shop.earn(1, 100).earn(2, 30);
        long survivor = profile(card(1)).getMemberKey();
        long absorbed = profile(card(2)).getMemberKey();
        var recorded = shop.server()
                .pipeline()
                .operate(new Operation(
                        OperationKind.MERGE, survivor, absorbed, "", "", 0, NOW, "anna", "same person", List.of()))
                .join();
        assertThat(recorded.status().journalled()).isTrue();
        assertThat(sell(60, 2)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        assertThat(shop.balance(1)).as("a late receipt under the old key").isEqualTo(140);
        shop.close();
        shop = new RunningShop(folder, clock);
        assertThat(profile(card(2)).getMemberKey()).isEqualTo(survivor);
        assertThat(shop.balance(2)).isEqualTo(140);
    }

    private JoinHouseholdResponse join(int serial, int with) {
        return shop.members()
                .joinHousehold(JoinHouseholdRequest.newBuilder()
                        .setMember(card(serial))
                        .setWith(card(with))
                        .setAuthor("anna")
                        .build());
    }

    @Test
    void aHouseholdSharesItsPurseOverARestartAndItsStatementAddsUp() {
        shop.earn(1, 100).earn(2, 30).earn(3, 5);
        assertThat(join(2, 1).getBalanceMicro()).isEqualTo(130 * POINT);
        assertThat(join(2, 1).getStatus()).isEqualTo(OperationStatus.OPERATION_STATUS_ALREADY_DONE);
        assertThat(join(3, 2).getBalanceMicro()).isEqualTo(135 * POINT);
        assertThat(sell(60, 3)).isEqualTo(ReceiptStatus.RECEIPT_STATUS_ACCRUED);
        shop.close();
        shop = new RunningShop(folder, clock);
        assertThat(shop.balance(1)).isEqualTo(145);
        for (int serial = 1; serial <= 3; serial++) {
            GetStatementResponse statement = statement(serial);
            assertThat(statement.getBalanceMicro()).isEqualTo(145 * POINT);
            assertThat(statement.getEntriesList().stream()
                            .mapToLong(entry -> entry.getMovement().getPointsMicro())
                            .sum())
                    .as("statement of " + serial)
                    .isEqualTo(145 * POINT);
        }
        LeaveHouseholdResponse left = shop.members()
                .leaveHousehold(LeaveHouseholdRequest.newBuilder()
                        .setMember(card(3))
                        .setShareHundredths(2_000)
                        .setAuthor("anna")
                        .build());
        assertThat(left.getBalanceMicro()).isEqualTo(29 * POINT);
        assertThat(shop.balance(1)).isEqualTo(116);
        assertThat(statement(3).getEntriesList().stream()
                        .mapToLong(entry -> entry.getMovement().getPointsMicro())
                        .sum())
                .isEqualTo(29 * POINT);
    }
}
