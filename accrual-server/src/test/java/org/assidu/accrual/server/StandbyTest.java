package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.server.FollowedShop.await;
import static org.assidu.accrual.server.FollowedShop.awaitSame;
import static org.assidu.accrual.server.FollowedShop.chainHead;
import static org.assidu.accrual.server.FollowedShop.copy;
import static org.assidu.accrual.server.FollowedShop.copySecrets;
import static org.assidu.accrual.server.FollowedShop.follow;
import static org.assidu.accrual.server.RunningShop.NOW;
import static org.assidu.accrual.server.RunningShop.card;
import static org.assidu.accrual.server.RunningShop.receipt;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.pipeline.PipelineState;
import org.assidu.accrual.replication.Peer;
import org.assidu.proto.replication.v1.FollowJournalResponse;
import org.assidu.proto.v1.EraseMemberRequest;
import org.assidu.proto.v1.FindMembersRequest;
import org.assidu.proto.v1.Follower;
import org.assidu.proto.v1.FoundMember;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A standby beside a real server, over the loopback network. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class StandbyTest {
    private final AtomicLong clock = new AtomicLong(NOW);

    @TempDir
    Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void nameFolders() {
        first = folder.resolve("first");
        second = folder.resolve("second");
    }

    private RunningShop primary() {
        return new RunningShop(first, clock).published();
    }

    private Promotion promote(Path data) throws IOException {
        return FollowedShop.promote(data, clock);
    }

    @Test
    void standbyHasTheSameChainStateAndCardsAndServesThemOncePromoted() throws Exception {
        String head;
        try (RunningShop shop = primary()) {
            for (int serial = 1; serial <= 20; serial++) {
                shop.earn(serial, serial);
            }
            try (Standby standby = follow(second, shop.channel())) {
                awaitSame(standby, shop);
                shop.earn(21, 21);
                awaitSame(standby, shop);
                await(() -> shop.status().getFollowers(0).getBehind() == 0, standby);
                Follower told = shop.status().getFollowers(0);
                assertThat(told.getName()).isEqualTo("second");
                assertThat(told.getConnected()).isTrue();
                assertThat(standby.status().lagMillis()).isZero();
                assertThat(standby.status().metrics())
                        .contains("assidu_standby_position " + told.getPosition() + "\n")
                        .contains("assidu_standby_lag_positions 0\n");
            }
        }
        head = chainHead(first);
        assertThat(chainHead(second)).isEqualTo(head);
        assertThatThrownBy(() -> new RunningShop(second, clock))
                .hasMessageContaining("is a standby of PRIMARY")
                .hasMessageContaining("assidu promote --data");

        assertThatThrownBy(() -> promote(second))
                .as("without the secret no card would be found")
                .hasMessageContaining("secret.hex");
        copySecrets(first, second);
        Promotion promotion = promote(second);
        assertThat(promotion.epoch().number()).isEqualTo(2);
        assertThat(promotion.primaryPosition()).isEqualTo(promotion.followed());

        try (RunningShop shop = new RunningShop(second, clock)) {
            assertThat(shop.status().getEpoch()).isEqualTo(2);
            for (int serial = 1; serial <= 21; serial++) {
                assertThat(shop.balance(serial)).as("card %d", serial).isEqualTo(serial);
                assertThat(shop.record(receipt(serial, serial)
                                        .setMember(card(serial))
                                        .build())
                                .getStatus())
                        .isEqualTo(ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED);
            }
            shop.earn(22, 5);
            assertThat(shop.status().getReceipts()).isEqualTo(22);
        }
        DataVerification verified =
                DataVerification.run(new DataDirectory(second), RecoveryProgress.silent(), position -> {});
        assertThat(verified.sound()).as(verified.text()).isTrue();
    }

    @Test
    void streamsThatAreCutAndAStandbyThatIsRestartedLoseAndDoubleNothing() throws Exception {
        try (RunningShop shop = primary();
                Relay relay = new Relay(shop.server().port(), response -> response)) {
            relay.cutAfter.set(2);
            int number = 0;
            for (int life = 0; life < 3; life++) {
                try (Standby standby = follow(second, relay.channel())) {
                    for (int i = 0; i < 40; i++) {
                        shop.earn(++number, 1);
                    }
                    long durable = shop.status().getDurablePosition();
                    await(() -> standby.status().position() == durable, standby);
                }
            }
            assertThat(relay.streams.get()).as("streams").isGreaterThan(10);
            relay.cutAfter.set(0);
            try (Standby standby = follow(second, relay.channel())) {
                awaitSame(standby, shop);
            }
        }
        assertThat(chainHead(second)).isEqualTo(chainHead(first));
    }

    @Test
    void primaryThatIsRestartedIsFollowedOn() throws Exception {
        try (RunningShop shop = primary()) {
            shop.earn(1, 1);
            try (Standby standby = follow(second, shop.channel())) {
                awaitSame(standby, shop);
            }
        }
        try (RunningShop shop = new RunningShop(first, clock).earn(2, 2);
                Standby standby = follow(second, shop.channel())) {
            awaitSame(standby, shop);
        }
        assertThat(chainHead(second)).isEqualTo(chainHead(first));
    }

    @Test
    void batchDamagedOnItsWayIsRefusedAndAskedForAgain() throws Exception {
        AtomicInteger damaged = new AtomicInteger();
        try (RunningShop shop = primary();
                Relay relay = new Relay(shop.server().port(), response -> {
                    boolean strike = response.getBatchesCount() > 0 && damaged.incrementAndGet() <= 3;
                    return strike ? withFlippedBit(response) : response;
                })) {
            shop.earn(1, 1);
            try (Standby standby = follow(second, relay.channel())) {
                awaitSame(standby, shop);
            }
            assertThat(relay.streams.get()).as("three were refused").isGreaterThanOrEqualTo(4);
        }
        assertThat(chainHead(second)).isEqualTo(chainHead(first));
    }

    @Test
    void batchThatStaysDamagedEndsTheStandbyAndNothingOfItIsWritten() throws Exception {
        try (RunningShop shop = primary();
                Relay relay = new Relay(shop.server().port(), StandbyTest::withFlippedBit)) {
            try (Standby standby = follow(second, relay.channel())) {
                assertThatThrownBy(standby::awaitEnd)
                        .hasMessageContaining("the batch behind position=0 is not what was written")
                        .hasMessageContaining("run assidu verify on the primary's data directory");
                assertThat(standby.status().position()).isZero();
            }
        }
    }

    private static FollowJournalResponse withFlippedBit(FollowJournalResponse response) {
        if (response.getBatchesCount() == 0) {
            return response;
        }
        FollowJournalResponse.Builder changed = response.toBuilder();
        byte[] content = response.getBatches(0).getContent().toByteArray();
        content[content.length / 2] ^= 1;
        changed.getBatchesBuilder(0).setContent(ByteString.copyFrom(content));
        return changed.build();
    }

    @Test
    void stateThatDiffersEndsTheStandbyForGood() throws Exception {
        try (RunningShop shop = primary();
                Relay relay = new Relay(shop.server().port(), response -> {
                    FollowJournalResponse.Builder changed = response.toBuilder();
                    if (response.hasStateHash()) {
                        changed.getStateHashBuilder()
                                .setHash(response.getStateHash().getHash() + 1);
                    }
                    return changed.build();
                })) {
            shop.earn(1, 1);
            try (Standby standby = follow(second, relay.channel())) {
                assertThatThrownBy(standby::awaitEnd)
                        .hasMessageContaining("is not the primary's: state hash expected=");
            }
            assertThatThrownBy(() -> follow(second, shop.channel()))
                    .hasMessageContaining("is no true copy")
                    .hasMessageContaining("expected=");
            assertThatThrownBy(() -> promote(second)).hasMessageContaining("is no true copy");
        }
    }

    @Test
    void personalDataIsFoundAfterAPromotionAndWasNeverSentInPlainText() throws Exception {
        List<FollowJournalResponse> sent = new CopyOnWriteArrayList<>();
        long zoe;
        try (RunningShop shop = primary();
                Relay relay = new Relay(shop.server().port(), response -> {
                    sent.add(response);
                    return response;
                })) {
            shop.earn(1, 10).earn(2, 10).earn(3, 10);
            name(shop, 1, "Zoe", "Martin");
            name(shop, 3, "Ida", "Durand");
            try (Standby standby = follow(second, relay.channel())) {
                awaitSame(standby, shop);
                name(shop, 1, "Zoe", "Bernard");
                name(shop, 2, "Noah", "Petit");
                shop.members()
                        .eraseMember(EraseMemberRequest.newBuilder()
                                .setMember(card(3))
                                .build());
                awaitSame(standby, shop);
            }
        }
        assertThat(sent.toString()).doesNotContain("Zoe").doesNotContain("Noah").doesNotContain("Martin");
        copySecrets(first, second);
        promote(second);
        try (RunningShop shop = new RunningShop(second, clock)) {
            zoe = found(shop, "Zoe Bernard").get(0).getMemberKey();
            assertThat(found(shop, "Zoe Martin")).isEmpty();
            assertThat(found(shop, "Noah")).hasSize(1);
            assertThat(found(shop, "Ida")).isEmpty();
            assertThat(shop.members()
                            .lookUp(LookUpRequest.newBuilder()
                                    .setMember(card(1))
                                    .build())
                            .getMemberKey())
                    .isEqualTo(zoe);
        }
    }

    private static void name(RunningShop shop, int serial, String given, String family) {
        shop.members()
                .rectifyMember(RectifyMemberRequest.newBuilder()
                        .setMember(card(serial))
                        .setData(PersonalData.newBuilder().setGivenName(given).setFamilyName(family))
                        .build());
    }

    private static List<FoundMember> found(RunningShop shop, String words) {
        return shop.members()
                .findMembers(FindMembersRequest.newBuilder().setName(words).build())
                .getMembersList();
    }

    @Test
    void erasedMembersAreErasedInTheDirectoryOfTheStandby() throws Exception {
        try (RunningShop shop = primary()) {
            shop.earn(1, 10).earn(2, 20);
            try (Standby standby = follow(second, shop.channel())) {
                awaitSame(standby, shop);
                shop.members()
                        .eraseMember(EraseMemberRequest.newBuilder()
                                .setMember(card(1))
                                .build());
                awaitSame(standby, shop);
            }
        }
        copySecrets(first, second);
        try (var directory = MemberDirectory.open(DirectoryConfig.at(second.resolve("directory")))) {
            assertThat(directory.findCard(card(1).getCard())).isZero();
            assertThat(directory.findCard(card(2).getCard())).isPositive();
        }
    }

    @Test
    void restoredBackupFollowsFromWhereItEnds() throws Exception {
        try (RunningShop shop = primary()) {
            shop.earn(1, 10);
        }
        copy(first, second);
        try (RunningShop shop = new RunningShop(first, clock).earn(2, 20);
                Standby standby = follow(second, shop.channel())) {
            awaitSame(standby, shop);
        }
        promote(second);
        try (RunningShop shop = new RunningShop(second, clock)) {
            assertThat(shop.balance(1)).isEqualTo(10);
            assertThat(shop.balance(2)).isEqualTo(20);
        }
    }

    @Test
    void serverThatWasReplacedStopsServesNoMoreAndIsToldWhatOnlyItHas() throws Exception {
        try (RunningShop old = primary().earn(1, 10)) {
            try (Standby standby = follow(second, old.channel())) {
                awaitSame(standby, old);
            }
            old.earn(2, 20);
            long last = old.status().getDurablePosition();
            copySecrets(first, second);
            Promotion promotion = promote(second);
            assertThatThrownBy(() -> follow(second, old.channel()))
                    .hasMessageContaining("was promoted")
                    .hasMessageContaining("follows nobody");
            try (RunningShop serving = new RunningShop(second, clock)) {
                try (Standby third = follow(folder.resolve("third"), serving.channel())) {
                    awaitSame(third, serving);
                }
                assertThatThrownBy(() -> {
                            try (Standby third = follow(folder.resolve("third"), old.channel())) {
                                third.awaitEnd();
                            }
                        })
                        .hasMessageContaining("this server is in epoch 1, the follower knows of 2");
                assertThat(old.server().awaitEnd()).isEqualTo(AssiduServer.REPLACED);
                old.close();
                assertThatThrownBy(() -> new RunningShop(first, clock))
                        .hasMessageContaining("was replaced: the follower second is in epoch 2");

                assertThatThrownBy(() -> {
                            try (Standby rejoining = follow(first, serving.channel())) {
                                rejoining.awaitEnd();
                            }
                        })
                        .hasMessageContaining("Up to position " + promotion.followed() + " both are the same")
                        .hasMessageContaining("positions " + (promotion.followed() + 1) + " to " + last);
                assertThat(Files.exists(first.resolve("standby"))).isFalse();
            }
        }
    }

    @Test
    void serverWithNothingOfItsOwnRejoinsAsAStandby() throws Exception {
        try (RunningShop old = primary().earn(1, 10);
                Standby standby = follow(second, old.channel())) {
            awaitSame(standby, old);
        }
        copySecrets(first, second);
        promote(second);
        try (RunningShop serving = new RunningShop(second, clock).earn(2, 20)) {
            try (Standby rejoined = follow(first, serving.channel())) {
                awaitSame(rejoined, serving);
            }
            assertThat(promote(first).epoch().number()).isEqualTo(3);
        }
    }

    @Test
    void peersOfOneChainDoNotServeTogether() throws Exception {
        List<Integer> ends;
        try (RunningShop old = primary().earn(1, 10);
                Standby standby = follow(second, old.channel())) {
            awaitSame(standby, old);
            standby.close();
            copySecrets(first, second);
            promote(second);
            var peer = new Peer("OLD", old.channel());
            try (AssiduServer serving = AssiduServer.start(ServerConfig.at(second), List.of(peer))) {
                ends = List.of(old.server().awaitEnd());
                assertThat(serving.pipeline().state()).isEqualTo(PipelineState.RUNNING);
            }
        }
        assertThat(ends).containsExactly(AssiduServer.REPLACED);
    }
}
