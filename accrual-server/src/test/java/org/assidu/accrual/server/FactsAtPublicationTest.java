package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.server.RunningShop.NOW;
import static org.assidu.accrual.server.RunningShop.card;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is known of people before there is a programme that asks is told once it takes effect, without a restart. */
@Timeout(120)
class FactsAtPublicationTest {
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: %s
            earning: {basis: AMOUNT, points: 1}
            acts: [{id: whole, act: PROFILE_COMPLETED, points: 30}]
            """;

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong(NOW);

    private static void enrolWithEverything(RunningShop shop) {
        var members = shop.members();
        members.enrol(EnrolRequest.newBuilder().addIdentifiers(card(1)).build());
        members.rectifyMember(RectifyMemberRequest.newBuilder()
                .setMember(card(1))
                .setData(PersonalData.newBuilder()
                        .setGivenName("Zoé")
                        .setFamilyName("Martin")
                        .setBirthDate("1987-03-21")
                        .setEmail("zoe@example.org"))
                .build());
    }

    private static long balanceOnceItIs(long expected, RunningShop shop) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long balance = shop.balance(1);
        while (balance != expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            balance = shop.balance(1);
        }
        return balance;
    }

    @Test
    void whoHadTheirDataNotedBeforeIsRewardedByTheProgrammeThatIsPublished() {
        try (RunningShop shop = new RunningShop(folder, clock)) {
            enrolWithEverything(shop);
            shop.published(PROGRAMME.formatted("2020-01-01"));
            assertThat(balanceOnceItIs(30, shop)).isEqualTo(30);
        }
    }

    @Test
    void whatIsKnownIsToldWhenTheProgrammeTakesEffect() {
        try (RunningShop shop = new RunningShop(folder, clock)) {
            enrolWithEverything(shop);
            shop.published(PROGRAMME.formatted("\"" + Instant.ofEpochMilli(NOW + 500) + "\""));
            assertThat(shop.balance(1)).isZero();
            clock.addAndGet(1_000);
            assertThat(balanceOnceItIs(30, shop)).isEqualTo(30);
        }
    }
}
