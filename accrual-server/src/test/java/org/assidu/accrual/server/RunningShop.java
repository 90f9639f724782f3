package org.assidu.accrual.server;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.assidu.proto.v1.SaleLine;

/** A whole server with a shop, on a clock of the test's own; may be started again on its folder. */
final class RunningShop implements AutoCloseable {
    /** 2026-09-21T13:46:40Z. */
    static final long NOW = 1_790_000_000_000L;

    static final long POINT = 1_000_000;

    private static final String PROGRAMME =
            """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            cards: [{from: %d, to: %d, auto_enrol: true}]
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, stock: 3, per_member: 2, cost: 3.20}
              - {id: seat, name: {en: Seat, fr: Place}, kind: EVENT_SEAT, price: 10, stock: 10, cost: 0}
              - {id: five, name: {en: 5 euros, fr: 5 euros}, kind: VOUCHER, value: 5.00, price: 50, cost: 5}
              - {id: lyon, name: {en: Lyon, fr: Lyon}, kind: PERCENTAGE_OFF, value: 12.5, price: 1, stores: [Lyon], cost: 1}
            promo_codes:
              - {code: HELLO10, first_day: 2026-01-01, last_day: 2026-12-31, categories: [food], percent: 10, uses: 3, uses_per_member: 1}
              - {code: TWO, first_day: 2026-01-01, last_day: 2026-12-31, amount: 2.50, uses: 2}
            """.formatted(Ean13.withCheckDigit(290_000_000_000L), Ean13.withCheckDigit(290_000_999_999L));

    private final AssiduServer server;
    private final ManagedChannel channel;

    RunningShop(Path data, AtomicLong clock) {
        JournalEnvironment system = JournalEnvironment.system();
        try {
            server = AssiduServer.start(
                    ServerConfig.at(data).withMemberKeySeed(3).withDurability(Durability.FAST),
                    new JournalEnvironment(
                            system.bootId(), system.forcer(), system.spaceProbe(), system.nanoTime(), clock::get));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel = connect();
    }

    RunningShop published() {
        return published(PROGRAMME);
    }

    /** Publishes a programme of the test's own. */
    RunningShop published(String programme) {
        var answer = ProgrammeServiceGrpc.newBlockingStub(channel)
                .publishProgramme(PublishProgrammeRequest.newBuilder()
                        .setDocument(ProgrammeDocument.newBuilder().setText(programme))
                        .build());
        if (!answer.hasPublished()) {
            throw new AssertionError(answer);
        }
        return this;
    }

    ManagedChannel channel() {
        return channel;
    }

    AssiduServer server() {
        return server;
    }

    /** One more client. */
    ManagedChannel connect() {
        return ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    static RewardServiceGrpc.RewardServiceBlockingStub rewards(ManagedChannel client) {
        return RewardServiceGrpc.newBlockingStub(client).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    RewardServiceGrpc.RewardServiceBlockingStub rewards() {
        return rewards(channel);
    }

    MemberServiceGrpc.MemberServiceBlockingStub members() {
        return MemberServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    GetStatusResponse status() {
        return AdminServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .getStatus(GetStatusRequest.getDefaultInstance());
    }

    static Identifier card(int serial) {
        return Identifier.newBuilder()
                .setCard(Ean13.withCheckDigit(290_000_000_000L + serial))
                .build();
    }

    /** Points of a new card, by a receipt of so many euros. */
    RunningShop earn(int serial, long points) {
        var status =
                record(receipt(serial, points).setMember(card(serial)).build()).getStatus();
        if (status != ReceiptStatus.RECEIPT_STATUS_ACCRUED) {
            throw new AssertionError(status);
        }
        return this;
    }

    /** A receipt of one article, of nobody. */
    static Receipt.Builder receipt(int number, long euros) {
        return Receipt.newBuilder()
                .setIdentity(identity(number))
                .setSoldAtMillis(NOW - 60_000)
                .setCurrency("EUR")
                .addLines(SaleLine.newBuilder()
                        .setSku("bread")
                        .setQuantityThousandths(1_000)
                        .setAmountMinor(euros * 100));
    }

    static ReceiptIdentity identity(int number) {
        return ReceiptIdentity.newBuilder()
                .setStore("Lyon")
                .setTill("1")
                .setNumber(number)
                .build();
    }

    ReceiptResult record(Receipt receipt) {
        return AccrualServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .recordReceipt(
                        RecordReceiptRequest.newBuilder().setReceipt(receipt).build())
                .getResult();
    }

    long balance(int serial) {
        return members()
                        .lookUp(LookUpRequest.newBuilder()
                                .setMember(card(serial))
                                .build())
                        .getPurses(0)
                        .getBalanceMicro()
                / POINT;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
