package org.assidu.accrual.cli;

import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.BlockCardRequest;
import org.assidu.proto.v1.BlockCardResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.ReplaceCardRequest;
import org.assidu.proto.v1.ReplaceCardResponse;
import org.assidu.proto.v1.UnblockCardRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Those commands of {@code assidu member} that are about cards lost, found and replaced. */
final class CardDeskCommands {
    private CardDeskCommands() {}

    /** {@code assidu member block}. */
    @Command(name = "block", mixinStandardHelpOptions = true, description = "Mark a card as lost.")
    static final class Block implements Callable<Integer> {
        @Parameters(paramLabel = "CARD", description = "Card number, 13 digits.")
        private long card;

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                BlockCardResponse blocked = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .blockCard(BlockCardRequest.newBuilder()
                                .setCard(card)
                                .setAuthor(author.author())
                                .setReason(author.reason())
                                .build());
                output.line("card of member " + IdentifierOption.format(blocked.getMemberKey())
                        + " blocked: receipts with it are recorded and earn nothing");
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member unblock}. */
    @Command(
            name = "unblock",
            mixinStandardHelpOptions = true,
            description = "Take a block back, for a card that was found.")
    static final class Unblock implements Callable<Integer> {
        @Parameters(paramLabel = "CARD", description = "Card number, 13 digits.")
        private long card;

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                long key = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .unblockCard(UnblockCardRequest.newBuilder()
                                .setCard(card)
                                .setAuthor(author.author())
                                .setReason(author.reason())
                                .build())
                        .getMemberKey();
                output.line("card of member " + IdentifierOption.format(key) + " is in use again");
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member replace}. */
    @Command(
            name = "replace",
            mixinStandardHelpOptions = true,
            description = "Give a member a new card and block the lost one.")
    static final class Replace implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(
                names = "--lost",
                paramLabel = "EAN13",
                description = "Card that is replaced (default: the one of --card, else all of the member).")
        private long lost;

        @Option(names = "--new-card", paramLabel = "EAN13", required = true, description = "Card to use from now on.")
        private long newCard;

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                long named = member.identifier().getCard();
                ReplaceCardResponse replaced = MemberServiceGrpc.newBlockingStub(connection.channel())
                        .replaceCard(ReplaceCardRequest.newBuilder()
                                .setMember(member.identifier())
                                .setLostCard(lost == 0 ? named : lost)
                                .setNewCard(newCard)
                                .setAuthor(author.author())
                                .setReason(author.reason())
                                .build());
                if (output.json()) {
                    output.json(replaced);
                } else {
                    output.line("member " + IdentifierOption.format(replaced.getMemberKey()) + " has a new card, "
                            + replaced.getBlockedCards() + " blocked; purses and rewards carry on");
                }
                return Assidu.OK;
            }
        }
    }
}
