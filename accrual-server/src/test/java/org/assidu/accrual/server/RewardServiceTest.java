package org.assidu.accrual.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.server.RunningShop.NOW;
import static org.assidu.accrual.server.RunningShop.POINT;
import static org.assidu.accrual.server.RunningShop.card;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.CancelRequest;
import org.assidu.proto.v1.CodePurpose;
import org.assidu.proto.v1.CommitRequest;
import org.assidu.proto.v1.CommitResponse;
import org.assidu.proto.v1.GetCodeRequest;
import org.assidu.proto.v1.GetCodeResponse;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.IssueCodeRequest;
import org.assidu.proto.v1.IssueCodeResponse;
import org.assidu.proto.v1.ListRewardsRequest;
import org.assidu.proto.v1.MovementKind;
import org.assidu.proto.v1.OperationStatus;
import org.assidu.proto.v1.RedeemCodeRequest;
import org.assidu.proto.v1.RedeemCodeResponse;
import org.assidu.proto.v1.RefundCodeRequest;
import org.assidu.proto.v1.ReserveRequest;
import org.assidu.proto.v1.ReserveResponse;
import org.assidu.proto.v1.RewardOffer;
import org.assidu.proto.v1.UsePromoCodeRequest;
import org.assidu.proto.v1.UsePromoCodeResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The shop as tills use it, over the network; every test ends with a restart and a verification. */
@Timeout(180)
final class RewardServiceTest {
    private static final int CLIENTS = 64;

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

    private void restart() {
        shop.close();
        shop = new RunningShop(folder, clock);
    }

    private ReserveResponse reserve(String id, int serial, String reward, long units) {
        return shop.rewards().reserve(reservation(id, serial, reward, units));
    }

    private static ReserveRequest reservation(String id, int serial, String reward, long units) {
        return ReserveRequest.newBuilder()
                .setReservationId(id)
                .setMember(card(serial))
                .setRewardId(reward)
                .setUnits(units)
                .build();
    }

    private CommitResponse commit(String id) {
        return shop.rewards()
                .commit(CommitRequest.newBuilder().setReservationId(id).build());
    }

    private String cancel(String id) {
        return name(shop.rewards()
                .cancel(CancelRequest.newBuilder().setReservationId(id).build())
                .getStatus());
    }

    private RewardOffer offer(int serial, String store, String reward) {
        return shop
                .rewards()
                .listRewards(ListRewardsRequest.newBuilder()
                        .setMember(card(serial))
                        .setStore(store)
                        .build())
                .getOffersList()
                .stream()
                .filter(offer -> offer.getRewardId().equals(reward))
                .findFirst()
                .orElseThrow();
    }

    private IssueCodeResponse issue(long minor, long endsAtMillis, String key) {
        return shop.rewards()
                .issueCode(IssueCodeRequest.newBuilder()
                        .setValueMinor(minor)
                        .setEndsAtMillis(endsAtMillis)
                        .setPurpose(CodePurpose.CODE_PURPOSE_SINGLE_PURPOSE)
                        .setIdempotencyKey(key)
                        .build());
    }

    private GetCodeResponse code(String code) {
        return shop.rewards().getCode(GetCodeRequest.newBuilder().setCode(code).build());
    }

    private static RedeemCodeRequest payment(String code, long minor, String key) {
        return RedeemCodeRequest.newBuilder()
                .setCode(code)
                .setAmountMinor(minor)
                .setIdempotencyKey(key)
                .build();
    }

    private String redeem(String code, long minor, String key) {
        RedeemCodeResponse answer = shop.rewards().redeemCode(payment(code, minor, key));
        return name(answer.getStatus()) + " " + answer.getLeftMinor();
    }

    private String refund(String code, long minor, String key) {
        var answer = shop.rewards()
                .refundCode(RefundCodeRequest.newBuilder()
                        .setCode(code)
                        .setAmountMinor(minor)
                        .setIdempotencyKey(key)
                        .build());
        return name(answer.getStatus()) + " " + answer.getLeftMinor();
    }

    private static String name(OperationStatus status) {
        return status.name().replace("OPERATION_STATUS_", "");
    }

    private static void refused(ThrowingCallable call, Status.Code code, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    @Test
    void aReservationIsReservedOnceCommittedOnceAndItsCodeStaysTheSame() {
        shop.earn(1, 200).earn(2, 10);

        ReserveResponse held = reserve("r1", 1, "five", 2);
        assertThat(name(held.getStatus())).isEqualTo("DONE");
        assertThat(held.getPriceMicro()).isEqualTo(100 * POINT);
        assertThat(held.getBalanceMicro()).isEqualTo(100 * POINT);
        assertThat(held.getEndsAtMillis()).isEqualTo(NOW + 600_000);
        ReserveResponse again = reserve("r1", 1, "five", 2);
        assertThat(name(again.getStatus())).isEqualTo("ALREADY_DONE");
        assertThat(again.getBalanceMicro()).isEqualTo(100 * POINT);
        assertThat(again.getEndsAtMillis()).isEqualTo(held.getEndsAtMillis());
        refused(() -> reserve("r1", 2, "five", 2), Status.Code.ALREADY_EXISTS, "another member");
        refused(() -> reserve("r1", 1, "five", 1), Status.Code.ALREADY_EXISTS, "another member");

        CommitResponse committed = commit("r1");
        assertThat(name(committed.getStatus())).isEqualTo("DONE");
        assertThat(committed.getLeftMinor()).isEqualTo(1_000);
        assertThat(committed.getCode()).matches("(\\w{4}-){4}.");
        assertThat(redeem(committed.getCode(), 250, "t1")).isEqualTo("DONE 750");
        restart();
        CommitResponse repeated = commit("r1");
        assertThat(name(repeated.getStatus())).isEqualTo("ALREADY_DONE");
        assertThat(repeated.getCode()).isEqualTo(committed.getCode());
        assertThat(repeated.getLeftMinor()).isEqualTo(750);
        assertThat(cancel("r1")).isEqualTo("RESERVATION_ENDED");
        assertThat(name(reserve("r1", 1, "five", 2).getStatus())).isEqualTo("RESERVATION_ENDED");
        assertThat(shop.balance(1)).isEqualTo(100);

        assertThat(name(commit("never").getStatus())).isEqualTo("RESERVATION_UNKNOWN");
        assertThat(name(reserve("r2", 2, "five", 1).getStatus())).isEqualTo("INSUFFICIENT_POINTS");
        assertThat(name(reserve("r3", 1, "cup", 1).getStatus())).isEqualTo("SUBJECT_UNKNOWN");
        assertThat(name(reserve("r4", 1, "mug", 2).getStatus())).isEqualTo("DONE");
        assertThat(commit("r4").getCode()).as("a mug has no code").isEmpty();
        refused(() -> reserve("r5", 9, "mug", 1), Status.Code.NOT_FOUND, "no member");
        refused(() -> reserve("", 1, "mug", 1), Status.Code.INVALID_ARGUMENT, "reservation_id");
        refused(() -> reserve("r6", 1, "mug", 1_001), Status.Code.INVALID_ARGUMENT, "units");
    }

    @Test
    void aCancelledOrExpiredReservationGivesBackPointsAndStock() throws Exception {
        shop.earn(1, 100);
        assertThat(name(reserve("r1", 1, "mug", 1).getStatus())).isEqualTo("DONE");
        assertThat(name(reserve("r2", 1, "mug", 1).getStatus())).isEqualTo("DONE");
        assertThat(offer(1, "", "mug").getStockLeft()).isEqualTo(1);
        assertThat(cancel("r1")).isEqualTo("DONE");
        assertThat(cancel("r1")).isEqualTo("ALREADY_DONE");
        assertThat(shop.balance(1)).isEqualTo(60);

        clock.set(NOW + 599_999);
        restart();
        assertThat(offer(1, "", "mug").getStockLeft()).isEqualTo(2);
        clock.set(NOW + 600_000);
        assertThat(name(commit("r2").getStatus())).isEqualTo("RESERVATION_ENDED");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (shop.balance(1) != 100) {
            assertThat(System.nanoTime()).as("the clock ends the reservation").isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(offer(1, "", "mug").getStockLeft()).isEqualTo(3);
        assertThat(name(commit("r2").getStatus())).isEqualTo("RESERVATION_ENDED");
        assertThat(shop.status().getOutstandingMicro()).isEqualTo(100 * POINT);
    }

    @Test
    void offersSayPriceValueStockAndWhyNot() {
        shop.earn(1, 30);
        assertThat(shop.rewards()
                        .listRewards(ListRewardsRequest.newBuilder()
                                .setMember(card(1))
                                .setStore("Nice")
                                .build())
                        .getOffersList())
                .extracting(offer -> String.join(
                        " ",
                        offer.getRewardId(),
                        offer.getNameFr(),
                        offer.getKind().name().replace("SHOP_REWARD_KIND_", ""),
                        "" + offer.getValue(),
                        "" + offer.getPriceMicro() / POINT,
                        offer.hasStockLeft() ? "" + offer.getStockLeft() : "-",
                        name(offer.getStatus())))
                .containsExactly(
                        "mug Tasse FREE_ARTICLE 0 40 3 INSUFFICIENT_POINTS",
                        "seat Place EVENT_SEAT 0 10 10 DONE",
                        "five 5 euros VOUCHER 500 50 - INSUFFICIENT_POINTS",
                        "lyon Lyon PERCENTAGE_OFF 1250 1 - REWARD_NOT_AVAILABLE");
        assertThat(name(offer(1, "Lyon", "lyon").getStatus())).isEqualTo("DONE");
    }

    @Test
    void aLostCardSpendsNothing() {
        shop.earn(1, 100);
        shop.members()
                .blockCard(
                        BlockCardRequest.newBuilder().setCard(card(1).getCard()).build());
        assertThat(name(reserve("r1", 1, "mug", 1).getStatus())).isEqualTo("NOT_ALLOWED");
        assertThat(shop.status().getOutstandingMicro()).isEqualTo(100 * POINT);
    }

    @Test
    void aGiftCardPaysUpToWhatIsLeftAndUntilItEnds() {
        String code = issue(1_000, NOW + 1_000, "sale-1").getCode();
        IssueCodeResponse repeated = issue(1_000, NOW + 1_000, "sale-1");
        assertThat(name(repeated.getStatus())).isEqualTo("ALREADY_DONE");
        assertThat(repeated.getCode()).isEqualTo(code);
        refused(() -> issue(2_000, NOW + 1_000, "sale-1"), Status.Code.ALREADY_EXISTS, "another value");
        String other = issue(500, 0, "").getCode();
        assertThat(issue(500, 0, "").getCode()).isNotEqualTo(other);

        assertThat(redeem(code, 700, "r1")).isEqualTo("DONE 300");
        assertThat(redeem(code, 700, "r1")).isEqualTo("ALREADY_DONE 300");
        assertThat(redeem(other, 100, "r1"))
                .as("the same key with another code is another payment")
                .isEqualTo("DONE 400");
        assertThat(redeem(code.toLowerCase(java.util.Locale.ROOT).replace("-", " "), 301, "r2"))
                .isEqualTo("CODE_USED_UP 300");
        assertThat(refund(code, 701, "b1")).isEqualTo("LIMIT_EXCEEDED 300");
        assertThat(refund(code, 700, "b1")).isEqualTo("DONE 1000");
        assertThat(refund(code, 700, "b1")).isEqualTo("ALREADY_DONE 1000");
        assertThat(redeem("0000-0000-0000-0001-1", 1, "r3")).isEqualTo("CODE_UNKNOWN 0");
        assertThatThrownBy(() -> redeem("0000-0000-0000-0001-2", 1, "r3"))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageNotContaining("0001");
        refused(() -> redeem(code, 0, "r4"), Status.Code.INVALID_ARGUMENT, "amount_minor");

        clock.set(NOW + 1_000);
        assertThat(redeem(code, 1, "r5")).isEqualTo("TOO_LATE 1000");
        assertThat(name(code(code).getStatus())).isEqualTo("TOO_LATE");
        assertThat(name(code(other).getStatus())).isEqualTo("DONE");
        assertThat(code(other).getEndsAtMillis()).isZero();
    }

    @Test
    void promoCodesSayWhatTheyGiveAndCountTheirUses() {
        shop.earn(1, 1).earn(2, 1);
        UsePromoCodeResponse used = promo("HELLO10", 1, "receipt-1");
        assertThat(name(used.getStatus())).isEqualTo("DONE");
        assertThat(used.getPercentHundredths()).isEqualTo(1_000);
        assertThat(used.getCategoriesList()).containsExactly("food");
        assertThat(name(promo("HELLO10", 1, "receipt-1").getStatus())).isEqualTo("ALREADY_DONE");
        assertThat(promo("HELLO10", 1, "receipt-1").getPercentHundredths()).isEqualTo(1_000);
        assertThat(name(promo("HELLO10", 1, "receipt-2").getStatus())).isEqualTo("LIMIT_EXCEEDED");
        assertThat(name(promo("HELLO10", 0, "receipt-3").getStatus())).isEqualTo("MEMBER_UNKNOWN");
        UsePromoCodeResponse amount = promo("TWO", 0, "receipt-1");
        assertThat(name(amount.getStatus())).isEqualTo("DONE");
        assertThat(amount.getAmountMinor()).isEqualTo(250);
        assertThat(name(promo("TWO", 2, "receipt-4").getStatus())).isEqualTo("DONE");
        UsePromoCodeResponse over = promo("TWO", 0, "receipt-5");
        assertThat(name(over.getStatus())).isEqualTo("CODE_USED_UP");
        assertThat(over.getAmountMinor()).isZero();
        assertThat(name(promo("two", 0, "receipt-6").getStatus())).isEqualTo("CODE_UNKNOWN");
    }

    /** @param serial 0 = nobody is identified */
    private UsePromoCodeResponse promo(String code, int serial, String key) {
        UsePromoCodeRequest.Builder request =
                UsePromoCodeRequest.newBuilder().setCode(code).setIdempotencyKey(key);
        if (serial != 0) {
            request.setMember(card(serial));
        }
        return shop.rewards().usePromoCode(request.build());
    }

    @Test
    void clientsAtOnceNeverTakeMoreThanTheStockAndAllIsInTheBooks() throws Exception {
        for (int serial = 1; serial <= CLIENTS; serial++) {
            shop.earn(serial, 25);
        }
        List<List<ReserveResponse>> told = atOnce((client, number) -> {
            List<ReserveResponse> answers = new ArrayList<>();
            for (int attempt = 0; attempt < 3; attempt++) {
                ReserveRequest request = reservation("c" + number + "-" + attempt, number, "seat", 1);
                answers.add(RunningShop.rewards(client).reserve(request));
                RunningShop.rewards(client).reserve(request);
            }
            return answers;
        });

        long taken = 0;
        for (int number = 1; number <= CLIENTS; number++) {
            long had = told.get(number - 1).stream()
                    .filter(answer -> answer.getStatus() == OperationStatus.OPERATION_STATUS_DONE)
                    .count();
            taken += had;
            assertThat(told.get(number - 1))
                    .extracting(answer -> name(answer.getStatus()))
                    .isSubsetOf("DONE", "OUT_OF_STOCK", "INSUFFICIENT_POINTS");
            assertThat(shop.balance(number)).isEqualTo(25 - 10 * had);
            assertThat(spentMicro(number)).isEqualTo(-10 * POINT * had);
        }
        assertThat(taken).isEqualTo(10);
        assertThat(offer(1, "", "seat").getStockLeft()).isZero();
        assertThat(shop.status().getOutstandingMicro()).isEqualTo((CLIENTS * 25 - 10 * 10) * POINT);
    }

    private long spentMicro(int serial) {
        return shop
                .members()
                .getStatement(
                        GetStatementRequest.newBuilder().setMember(card(serial)).build())
                .getEntriesList()
                .stream()
                .filter(entry -> entry.getMovement().getKind() == MovementKind.MOVEMENT_KIND_SPENT)
                .mapToLong(entry -> entry.getMovement().getPointsMicro())
                .sum();
    }

    @Test
    void clientsAtOnceNeverTakeMoreThanAGiftCardHolds() throws Exception {
        String code = issue(1_500, 0, "").getCode();
        List<Long> paid = atOnce((client, number) -> {
            Random random = new Random(number);
            long sum = 0;
            for (int attempt = 0; attempt < 6; attempt++) {
                long minor = attempt < 5 ? 1 + random.nextInt(19) : 1;
                RedeemCodeRequest request = payment(code, minor, number + "/" + attempt);
                RedeemCodeResponse answer = RunningShop.rewards(client).redeemCode(request);
                if (answer.getStatus() == OperationStatus.OPERATION_STATUS_DONE) {
                    sum += minor;
                    assertThat(name(RunningShop.rewards(client)
                                    .redeemCode(request)
                                    .getStatus()))
                            .isEqualTo("ALREADY_DONE");
                } else {
                    assertThat(name(answer.getStatus())).isEqualTo("CODE_USED_UP");
                    assertThat(answer.getLeftMinor()).isLessThan(minor);
                }
            }
            return sum;
        });
        long sum = paid.stream().mapToLong(Long::longValue).sum();
        assertThat(code(code).getLeftMinor()).isEqualTo(1_500 - sum);
        assertThat(sum).as("64 clients asked for far more than the card held").isEqualTo(1_500);
    }

    private interface Client<T> {
        T run(ManagedChannel channel, int number);
    }

    /** Runs clients that begin together, each with a connection of its own. */
    private <T> List<T> atOnce(Client<T> client) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<T>> all = new ArrayList<>();
            for (int number = 1; number <= CLIENTS; number++) {
                int own = number;
                all.add(() -> {
                    ManagedChannel channel = shop.connect();
                    try {
                        start.await();
                        return client.run(channel, own);
                    } finally {
                        channel.shutdownNow();
                    }
                });
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void plainCodesAreNeitherInAnyFileNorInTheLog() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("org.assidu");
        Level before = ours.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        List<String> codes = new ArrayList<>();
        try {
            shop.earn(1, 100);
            reserve("findable-reservation", 1, "five", 1);
            codes.add(commit("findable-reservation").getCode());
            codes.add(issue(1_000, 0, "findable-key").getCode());
            codes.add(issue(1_000, 0, "").getCode());
            for (String code : codes) {
                assertThat(redeem(code, 1, "t")).startsWith("DONE");
                assertThat(redeem(code, 100_000, "u")).startsWith("CODE_USED_UP");
                assertThat(code(code).getLeftMinor()).isPositive();
            }
            restart();
        } finally {
            root.detachAppender(log);
            ours.setLevel(before);
        }
        List<String> said = new ArrayList<>();
        log.list.forEach(event -> said.add(event.getFormattedMessage() + event.getThrowableProxy()));
        StringBuilder files = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        String kept = files.toString();
        assertThat(kept).as("the search sees what is kept").contains("findable-reservation", "findable-key");
        assertThat(said).as("the search sees what is logged").isNotEmpty();
        for (String code : codes) {
            for (String form :
                    List.of(code, code.replace("-", ""), code.replace("-", "").substring(0, 16))) {
                assertThat(kept.contains(form)).as("a code in a file").isFalse();
                assertThat(said).noneMatch(line -> line.contains(form));
            }
        }
    }
}
