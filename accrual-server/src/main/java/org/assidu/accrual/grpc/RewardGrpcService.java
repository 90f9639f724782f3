package org.assidu.accrual.grpc;

import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.ValueCode;
import org.assidu.accrual.directory.ValueCodeHash;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PurseDesk;
import org.assidu.accrual.pipeline.ReceiptIdentity;
import org.assidu.accrual.pipeline.ShopAnswers;
import org.assidu.accrual.pipeline.ShopDesk;
import org.assidu.proto.v1.CancelRequest;
import org.assidu.proto.v1.CancelResponse;
import org.assidu.proto.v1.CodePurpose;
import org.assidu.proto.v1.CommitRequest;
import org.assidu.proto.v1.CommitResponse;
import org.assidu.proto.v1.ConvertPointsRequest;
import org.assidu.proto.v1.ConvertPointsResponse;
import org.assidu.proto.v1.GetCodeRequest;
import org.assidu.proto.v1.GetCodeResponse;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.IssueCodeRequest;
import org.assidu.proto.v1.IssueCodeResponse;
import org.assidu.proto.v1.ListRewardsRequest;
import org.assidu.proto.v1.ListRewardsResponse;
import org.assidu.proto.v1.RedeemCodeRequest;
import org.assidu.proto.v1.RedeemCodeResponse;
import org.assidu.proto.v1.RefundCodeRequest;
import org.assidu.proto.v1.RefundCodeResponse;
import org.assidu.proto.v1.ReserveRequest;
import org.assidu.proto.v1.ReserveResponse;
import org.assidu.proto.v1.RewardServiceGrpc;
import org.assidu.proto.v1.UsePromoCodeRequest;
import org.assidu.proto.v1.UsePromoCodeResponse;

/** Rewards that points buy, vouchers and gift cards, promo codes. Plain codes end here: what goes on is their keyed hash. */
public final class RewardGrpcService extends RewardServiceGrpc.RewardServiceImplBase {
    private static final int MAX_TEXT_BYTES = 64;
    private static final int MAX_UNITS = 1_000;
    private static final int DEFAULT_EXPIRY_SECONDS = 600;
    private static final int MAX_EXPIRY_SECONDS = 30 * 24 * 3_600;
    private static final long MAX_VALUE_MINOR = 1_000_000_000;
    private static final String OF_RESERVATION = "reservation";
    private static final String OF_ISSUE = "issue";

    private final ShopDesk shop;
    private final PurseDesk purses;
    private final KnownMembers members;
    private final ValueCodeHash codes;
    private final SecureRandom random = new SecureRandom();

    public RewardGrpcService(Pipeline pipeline, MemberDirectory directory) {
        shop = new ShopDesk(pipeline);
        purses = new PurseDesk(pipeline);
        members = new KnownMembers(pipeline, directory);
        codes = directory.valueCodes();
    }

    @Override
    public void listRewards(ListRewardsRequest request, StreamObserver<ListRewardsResponse> observer) {
        Answers.guarded(observer, () -> {
            String store = text(request.getStore(), "store", 0);
            CompletableFuture<ListRewardsResponse> answer = members.key(request.getMember())
                    .thenCompose(key -> shop.offers(key, store).thenApply(offers -> RewardAnswers.offers(key, offers)));
            Answers.answer(observer, answer, response -> response);
        });
    }

    @Override
    public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> observer) {
        Answers.guarded(observer, () -> {
            String id = text(request.getReservationId(), "reservation_id", 1);
            String reward = text(request.getRewardId(), "reward_id", 1);
            String store = text(request.getStore(), "store", 0);
            ReceiptIdentity receipt = request.hasReceipt() ? identity(request.getReceipt()) : null;
            long units = orDefault(request.getUnits(), 1, MAX_UNITS, "units");
            long seconds = orDefault(
                    request.getExpiresInSeconds(), DEFAULT_EXPIRY_SECONDS, MAX_EXPIRY_SECONDS, "expires_in_seconds");
            CompletableFuture<ReserveResponse> answer = members.key(request.getMember())
                    .thenCompose(key -> members.isBlocked(request.getMember())
                            ? CompletableFuture.completedFuture(RewardAnswers.blocked(key))
                            : shop.reserve(id, key, reward, units, seconds * 1_000, store, receipt)
                                    .thenApply(reserved -> RewardAnswers.reserved(key, reserved)));
            Answers.answer(observer, answer, response -> response);
        });
    }

    @Override
    public void convertPoints(ConvertPointsRequest request, StreamObserver<ConvertPointsResponse> observer) {
        Answers.guarded(observer, () -> {
            String purse = text(request.getPurseId(), "purse_id", 1);
            String key = text(request.getIdempotencyKey(), "idempotency_key", 0);
            CompletableFuture<ConvertPointsResponse> answer = members.key(request.getMember())
                    .thenCompose(member -> members.isBlocked(request.getMember())
                            ? CompletableFuture.completedFuture(ConvertPointsResponse.newBuilder()
                                    .setStatus(RewardAnswers.status(OperationStatus.NOT_ALLOWED))
                                    .setMemberKey(member)
                                    .build())
                            : purses.convert(member, purse, request.getPointsMicro(), key)
                                    .thenApply(converted -> RewardAnswers.converted(member, converted)));
            Answers.answer(observer, answer, response -> response);
        });
    }

    @Override
    public void commit(CommitRequest request, StreamObserver<CommitResponse> observer) {
        Answers.guarded(observer, () -> {
            String id = text(request.getReservationId(), "reservation_id", 1);
            ValueCode code = codes.derive(OF_RESERVATION, id);
            Answers.answer(
                    observer,
                    shop.commit(id, codes.hash(code)),
                    committed -> RewardAnswers.committed(committed, code.printed()));
        });
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer,
                        shop.cancel(text(request.getReservationId(), "reservation_id", 1)),
                        answer -> CancelResponse.newBuilder()
                                .setStatus(RewardAnswers.status(answer.status()))
                                .setPosition(answer.position())
                                .build()));
    }

    @Override
    public void issueCode(IssueCodeRequest request, StreamObserver<IssueCodeResponse> observer) {
        Answers.guarded(observer, () -> {
            String key = text(request.getIdempotencyKey(), "idempotency_key", 0);
            long minor = amount(request.getValueMinor(), "value_minor");
            if (request.getEndsAtMillis() < 0) {
                throw GrpcErrors.invalidArgument(
                        "ends_at_millis", request.getEndsAtMillis() + "; send 0 for a code that never ends");
            }
            ValueCode code = key.isEmpty() ? ValueCode.random(random) : codes.derive(OF_ISSUE, key);
            CompletableFuture<ShopAnswers.CodeAnswer> issued = shop.issue(
                    key.isEmpty() ? "" : OF_ISSUE + "/" + key,
                    codes.hash(code),
                    minor,
                    request.getEndsAtMillis(),
                    "GIFT_CARD/" + purpose(request.getPurpose()));
            Answers.answer(observer, issued, answer -> RewardAnswers.issued(answer, request, code.printed()));
        });
    }

    @Override
    public void getCode(GetCodeRequest request, StreamObserver<GetCodeResponse> observer) {
        Answers.guarded(
                observer, () -> Answers.answer(observer, shop.code(code(request.getCode())), RewardAnswers::code));
    }

    @Override
    public void redeemCode(RedeemCodeRequest request, StreamObserver<RedeemCodeResponse> observer) {
        Answers.guarded(observer, () -> {
            String key = text(request.getIdempotencyKey(), "idempotency_key", 1);
            long minor = amount(request.getAmountMinor(), "amount_minor");
            Answers.answer(
                    observer,
                    shop.move(OperationKind.REDEEM_CODE, key, code(request.getCode()), minor),
                    answer -> RedeemCodeResponse.newBuilder()
                            .setStatus(RewardAnswers.status(answer.status()))
                            .setLeftMinor(RewardAnswers.leftMinor(answer))
                            .setPosition(answer.position())
                            .build());
        });
    }

    @Override
    public void refundCode(RefundCodeRequest request, StreamObserver<RefundCodeResponse> observer) {
        Answers.guarded(observer, () -> {
            String key = text(request.getIdempotencyKey(), "idempotency_key", 1);
            long minor = amount(request.getAmountMinor(), "amount_minor");
            Answers.answer(
                    observer,
                    shop.move(OperationKind.REFUND_CODE, key, code(request.getCode()), minor),
                    answer -> RefundCodeResponse.newBuilder()
                            .setStatus(RewardAnswers.status(answer.status()))
                            .setLeftMinor(RewardAnswers.leftMinor(answer))
                            .setPosition(answer.position())
                            .build());
        });
    }

    @Override
    public void usePromoCode(UsePromoCodeRequest request, StreamObserver<UsePromoCodeResponse> observer) {
        Answers.guarded(observer, () -> {
            String code = text(request.getCode(), "code", 1);
            String key = text(request.getIdempotencyKey(), "idempotency_key", 1);
            Identifier member = request.getMember();
            CompletableFuture<Long> memberKey = member.getKindCase() == Identifier.KindCase.KIND_NOT_SET
                    ? CompletableFuture.completedFuture(0L)
                    : members.key(member);
            CompletableFuture<UsePromoCodeResponse> answer = memberKey.thenCompose(known -> members.isBlocked(member)
                    ? CompletableFuture.completedFuture(UsePromoCodeResponse.newBuilder()
                            .setStatus(RewardAnswers.status(OperationStatus.NOT_ALLOWED))
                            .build())
                    : shop.usePromoCode(code, known, key).thenApply(RewardAnswers::promo));
            Answers.answer(observer, answer, response -> response);
        });
    }

    private long code(String written) {
        ValueCode code = ValueCode.parse(written);
        if (code == null) {
            throw GrpcErrors.invalidArgument(
                    "code", "not a code: check its 16 characters and the check character; it is not repeated here");
        }
        return codes.hash(code);
    }

    private static String purpose(CodePurpose purpose) {
        return switch (purpose) {
            case CODE_PURPOSE_SINGLE_PURPOSE -> "SINGLE_PURPOSE";
            case CODE_PURPOSE_MULTI_PURPOSE -> "MULTI_PURPOSE";
            case CODE_PURPOSE_UNSPECIFIED, UNRECOGNIZED ->
                throw GrpcErrors.invalidArgument(
                        "purpose", "missing; send SINGLE_PURPOSE or MULTI_PURPOSE: it decides when tax is due");
        };
    }

    private static long amount(long minor, String field) {
        if (minor < 1 || minor > MAX_VALUE_MINOR) {
            throw GrpcErrors.invalidArgument(field, minor + "; send 1 to " + MAX_VALUE_MINOR + " minor units");
        }
        return minor;
    }

    private static long orDefault(long value, long absent, long most, String field) {
        if (value < 0 || value > most) {
            throw GrpcErrors.invalidArgument(field, value + "; send 1 to " + most + ", or 0 for " + absent);
        }
        return value == 0 ? absent : value;
    }

    private static ReceiptIdentity identity(org.assidu.proto.v1.ReceiptIdentity from) {
        Refusal refusal = new ReceiptMapper().mapIdentity(from, new ReceiptColumns());
        if (refusal != null) {
            throw GrpcErrors.invalidArgument("receipt", refusal.detail());
        }
        return new ReceiptIdentity(
                from.getStore(), from.getTill(), from.getSeries(), from.getNumber(), from.getBusinessDate());
    }

    private static String text(String value, String field, int least) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < least || bytes > MAX_TEXT_BYTES) {
            throw GrpcErrors.invalidArgument(field, bytes + " bytes; send " + least + " to " + MAX_TEXT_BYTES);
        }
        return value;
    }
}
