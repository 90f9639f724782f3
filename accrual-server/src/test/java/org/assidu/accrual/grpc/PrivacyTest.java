package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.proto.v1.ApplyRetentionRequest;
import org.assidu.proto.v1.ChangeConsentsRequest;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.EraseMemberRequest;
import org.assidu.proto.v1.ExportMemberRequest;
import org.assidu.proto.v1.ExportMemberResponse;
import org.assidu.proto.v1.FindMembersRequest;
import org.assidu.proto.v1.GetProfileRequest;
import org.assidu.proto.v1.GetProfileResponse;
import org.assidu.proto.v1.HeldReceipt;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.OpposeProfilingRequest;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyTest {
    private static final PersonalData ZOE = PersonalData.newBuilder()
            .setGivenName("Zoé")
            .setFamilyName("Quillévéré-Dupont")
            .setBirthDate("1987-03-21")
            .setEmail("zoe@example.org")
            .build();

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder).publish(TestProgrammes.POINTS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.close();
        server = TestServer.start(folder);
    }

    private static Identifier card(int serial) {
        return Identifier.newBuilder().setCard(TestServer.card(serial)).build();
    }

    private long enrol(int serial) {
        return server.members()
                .enrol(EnrolRequest.newBuilder().addIdentifiers(card(serial)).build())
                .getMemberKey();
    }

    private void buy(int serial, long number, long amountMinor) {
        Receipt.Builder receipt = TestServer.receipt(number, amountMinor).setMember(card(serial));
        server.accrual()
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build());
    }

    private PersonalData rectify(Identifier member, PersonalData data, String... cleared) {
        return server.members()
                .rectifyMember(RectifyMemberRequest.newBuilder()
                        .setMember(member)
                        .setData(data)
                        .addAllCleared(List.of(cleared))
                        .build())
                .getData();
    }

    private List<Long> find(String name) {
        return server
                .members()
                .findMembers(FindMembersRequest.newBuilder().setName(name).build())
                .getMembersList()
                .stream()
                .map(member -> member.getMemberKey())
                .toList();
    }

    private GetProfileResponse profile(Identifier member) {
        return server.members()
                .getProfile(GetProfileRequest.newBuilder().setMember(member).build());
    }

    private long erase(Identifier member) {
        return server.members()
                .eraseMember(EraseMemberRequest.newBuilder().setMember(member).build())
                .getPosition();
    }

    private void assertUnknown(Identifier member) {
        assertThatThrownBy(() -> profile(member))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void whatIsKnownIsAddedCorrectedClearedAndSurvivesARestart() {
        enrol(1);
        assertThat(rectify(card(1), ZOE)).isEqualTo(ZOE);
        PersonalData corrected = rectify(
                card(1), PersonalData.newBuilder().setEmail("new@example.org").build(), "birth_date");
        PersonalData expected =
                ZOE.toBuilder().setEmail("new@example.org").clearBirthDate().build();
        assertThat(corrected).isEqualTo(expected);
        restart();
        assertThat(profile(card(1)).getData()).isEqualTo(expected);
    }

    @Test
    void badDataIsRefusedWithoutQuotingIt() {
        enrol(1);
        assertThatThrownBy(() -> rectify(
                        card(1),
                        PersonalData.newBuilder().setBirthDate("21 March").build()))
                .hasMessageContaining("data.birth_date: not a date")
                .hasMessageNotContaining("March");
        assertThatThrownBy(() -> rectify(
                        card(1),
                        PersonalData.newBuilder().setCity("x".repeat(201)).build()))
                .hasMessageContaining("data.city: 201 bytes")
                .hasMessageNotContaining("xxx");
        assertThatThrownBy(() -> rectify(card(1), ZOE, "shoe_size")).hasMessageContaining("\"shoe_size\"");
    }

    @Test
    void namesAreFoundWithoutAccentsByWholeWordsAndNoLongerOnceCorrected() {
        long zoe = enrol(1);
        long other = enrol(2);
        rectify(card(1), ZOE);
        rectify(
                card(2),
                PersonalData.newBuilder()
                        .setGivenName("zoe")
                        .setFamilyName("Martin")
                        .build());
        assertThat(find("ZOE")).containsExactlyInAnyOrder(zoe, other);
        assertThat(find("dupont zoé")).containsExactly(zoe);
        assertThat(find("dupon")).isEmpty();
        rectify(card(1), PersonalData.newBuilder().setFamilyName("Durand").build());
        assertThat(find("dupont")).isEmpty();
        assertThat(find("durand")).containsExactly(zoe);
    }

    @Test
    void consentsAndOppositionAreTheNewestAndSurviveARestart() {
        enrol(1);
        for (boolean granted : new boolean[] {true, false}) {
            server.members()
                    .changeConsents(ChangeConsentsRequest.newBuilder()
                            .setMember(card(1))
                            .addConsents(Consent.newBuilder()
                                    .setPurpose(ConsentPurpose.CONSENT_PURPOSE_EMAIL)
                                    .setGranted(granted)
                                    .setWordingVersion("v2"))
                            .build());
        }
        server.members()
                .opposeProfiling(OpposeProfilingRequest.newBuilder()
                        .setMember(card(1))
                        .setOpposed(true)
                        .build());
        restart();
        GetProfileResponse profile = profile(card(1));
        assertThat(profile.getProfilingOpposed()).isTrue();
        assertThat(profile.getConsentsList()).hasSize(1);
        assertThat(profile.getConsents(0).getGranted()).isFalse();
        assertThat(profile.getConsents(0).getWordingVersion()).isEqualTo("v2");
    }

    @Test
    void accessGivesProfileFactsAndEveryReceiptWithItsArticles() {
        enrol(1);
        rectify(card(1), ZOE);
        for (int number = 1; number <= 120; number++) {
            buy(1, number, number * 100);
            buy(2, 1_000 + number, 1);
        }
        List<ExportMemberResponse> parts = new ArrayList<>();
        server.members()
                .exportMember(
                        ExportMemberRequest.newBuilder().setMember(card(1)).build())
                .forEachRemaining(parts::add);
        assertThat(parts.get(0).getProfile().getData()).isEqualTo(ZOE);
        assertThat(parts.get(1).getFact().getKind()).isEqualTo("ENROLMENT");
        List<HeldReceipt> receipts = parts.stream()
                .filter(ExportMemberResponse::hasReceipt)
                .map(ExportMemberResponse::getReceipt)
                .toList();
        assertThat(receipts).hasSize(120);
        for (int at = 0; at < 120; at++) {
            Receipt receipt = receipts.get(at).getReceipt();
            assertThat(receipt.getIdentity().getNumber()).isEqualTo(120 - at);
            assertThat(receipt.getLinesList())
                    .containsExactly(TestServer.line((120 - at) * 100).build());
        }
        assertThat(receipts.stream().mapToLong(HeldReceipt::getPointsMicro).sum())
                .isEqualTo(parts.get(0).getProfile().getPurses(0).getBalanceMicro());
    }

    @Test
    void anErasedMemberIsFoundByNothingAndTotalsAndHashesStay() {
        long key = enrol(1);
        rectify(card(1), ZOE);
        buy(1, 1, 10_000);
        var before = server.pipeline.status().join();
        assertThat(before.outstandingMicro()).isPositive();

        long position = erase(card(1));

        assertThat(position).isEqualTo(before.appliedPosition() + 1);
        // The birthday, which rules knew, is no longer known either.
        long erasedHash = server.pipeline.status().join().stateHash();
        assertThat(erasedHash).isNotEqualTo(before.stateHash());
        for (int round = 0; round < 2; round++) {
            assertUnknown(card(1));
            assertUnknown(Identifier.newBuilder().setMemberKey(key).build());
            assertThat(find("dupont")).isEmpty();
            var after = server.pipeline.status().join();
            assertThat(after.stateHash()).isEqualTo(erasedHash);
            assertThat(after.outstandingMicro()).isEqualTo(before.outstandingMicro());
            assertThat(after.receipts()).isEqualTo(before.receipts());
            restart();
        }
        buy(1, 2, 10_000);
        assertThat(profile(card(1)).getMemberKey()).isNotEqualTo(key);
        assertThat(profile(card(1)).getData()).isEqualTo(PersonalData.getDefaultInstance());
    }

    @Test
    void aDeletionThatACrashCutShortIsDoneAtTheNextStart() {
        long key = enrol(1);
        rectify(card(1), ZOE);
        server.pipeline
                .recordPrivacy(PrivacyEvent.erasure(key, PrivacyEvent.Action.ERASURE, TestServer.NOW))
                .join();
        assertThat(profile(card(1)).getData()).as("not deleted yet").isEqualTo(ZOE);
        restart();
        assertUnknown(card(1));
        assertThat(find("dupont")).isEmpty();
    }

    @Test
    void membersWithoutActivityAreErasedAndOthersStay() {
        enrol(1);
        buy(2, 1, 100);
        ApplyRetentionRequest year =
                ApplyRetentionRequest.newBuilder().setInactiveMonths(12).build();
        assertThat(server.members().applyRetention(year).getMembers()).isZero();
        restartYearsLater(13);
        buy(2, 2, 100);
        assertThat(server.members()
                        .applyRetention(year.toBuilder().setDryRun(true).build())
                        .getMembers())
                .isEqualTo(1);
        assertThat(profile(card(1)).getMemberKey()).isNotZero();
        assertThat(server.members().applyRetention(year).getMembers()).isEqualTo(1);
        assertUnknown(card(1));
        assertThat(profile(card(2)).getMemberKey()).isNotZero();
        assertThat(server.members().applyRetention(year).getMembers()).isZero();
    }

    private void restartYearsLater(int months) {
        server.close();
        server = TestServer.start(folder, TestServer.NOW + months * 31L * 86_400_000);
    }
}
