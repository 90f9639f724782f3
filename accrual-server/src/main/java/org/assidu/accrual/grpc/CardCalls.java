package org.assidu.accrual.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.BlockCardResponse;
import org.assidu.proto.v1.ReplaceCardRequest;
import org.assidu.proto.v1.ReplaceCardResponse;
import org.assidu.proto.v1.UnblockCardRequest;
import org.assidu.proto.v1.UnblockCardResponse;

/** Cards lost, found and replaced: changes of the directory, of which the journal keeps that they happened, by whom and why. */
final class CardCalls {
    private final Pipeline pipeline;
    private final KnownMembers members;
    private final ServiceDesk desk;

    CardCalls(Pipeline pipeline, KnownMembers members, ServiceDesk desk) {
        this.pipeline = pipeline;
        this.members = members;
        this.desk = desk;
    }

    private record Changed(long memberKey, int cards) {}

    CompletableFuture<BlockCardResponse> block(BlockCardRequest request) {
        long card = card(request.getCard(), "card");
        return recorded(
                        () -> pipeline.directory(known -> {
                            if (known.findCard(card) == 0) {
                                throw KnownMembers.unknown();
                            }
                            boolean now = known.blockCard(card);
                            return new Changed(Math.abs(known.findCard(card)), now ? 1 : 0);
                        }),
                        "BLOCKED",
                        request.getAuthor(),
                        request.getReason())
                .thenApply(changed -> BlockCardResponse.newBuilder()
                        .setMemberKey(changed.memberKey)
                        .build());
    }

    CompletableFuture<UnblockCardResponse> unblock(UnblockCardRequest request) {
        long card = card(request.getCard(), "card");
        return recorded(
                        () -> pipeline.directory(known -> {
                            if (known.findCard(card) == 0) {
                                throw KnownMembers.unknown();
                            }
                            boolean now = known.unblockCard(card);
                            return new Changed(Math.abs(known.findCard(card)), now ? 1 : 0);
                        }),
                        "UNBLOCKED",
                        request.getAuthor(),
                        request.getReason())
                .thenApply(changed -> UnblockCardResponse.newBuilder()
                        .setMemberKey(changed.memberKey)
                        .build());
    }

    CompletableFuture<ReplaceCardResponse> replace(ReplaceCardRequest request) {
        long added = card(request.getNewCard(), "new_card");
        long lost = request.getLostCard() == 0 ? 0 : card(request.getLostCard(), "lost_card");
        return recorded(
                        () -> members.key(request.getMember())
                                .thenCompose(key -> pipeline.directory(known -> {
                                    try {
                                        return new Changed(key, known.replaceCard(key, lost, added));
                                    } catch (IllegalArgumentException refused) {
                                        throw GrpcErrors.failedPrecondition(
                                                "CARD_NOT_REPLACED", String.valueOf(refused.getMessage()));
                                    }
                                })),
                        "REPLACED",
                        request.getAuthor(),
                        request.getReason())
                .thenApply(changed -> ReplaceCardResponse.newBuilder()
                        .setMemberKey(changed.memberKey)
                        .setBlockedCards(changed.cards)
                        .build());
    }

    /** The same asked again changes no card, and is not recorded again. */
    private CompletableFuture<Changed> recorded(
            Supplier<CompletableFuture<Changed>> change, String what, String asked, String reason) {
        String author = Authors.author(asked);
        String why = Authors.reason(reason);
        return change.get()
                .thenCompose(changed -> changed.cards == 0
                        ? CompletableFuture.completedFuture(changed)
                        : desk.cardChanged(changed.memberKey, what, author, why).thenApply(status -> changed));
    }

    private static long card(long card, String field) {
        if (!Ean13.isValid(card)) {
            throw GrpcErrors.invalidArgument(field, "not an EAN-13: check its length and its check digit");
        }
        return card;
    }
}
