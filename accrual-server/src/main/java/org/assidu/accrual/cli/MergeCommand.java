package org.assidu.accrual.cli;

import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.MergeMembersRequest;
import org.assidu.proto.v1.MergeMembersResponse;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu member merge}. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Make two memberships of one person one; it cannot be undone.")
final class MergeCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private final IdentifierOption survivor = new IdentifierOption();

    @ArgGroup(multiplicity = "1")
    private final Absorbed absorbed = new Absorbed();

    @Mixin
    private final AuthorOption author = new AuthorOption();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    /** Who becomes part of the other. */
    static final class Absorbed {
        @Option(
                names = "--absorbed-card",
                paramLabel = "EAN13",
                required = true,
                description = "Card of the other one.")
        private long card;

        @Option(
                names = "--absorbed-key",
                paramLabel = "KEY",
                required = true,
                description = "Member key of the other one, as a server printed it.")
        private String key = "";

        Identifier identifier() {
            return key.isEmpty()
                    ? Identifier.newBuilder().setCard(card).build()
                    : Identifier.newBuilder()
                            .setMemberKey(Long.parseUnsignedLong(key, 16))
                            .build();
        }
    }

    @Override
    public Integer call() {
        try (Connection connection = server.connect()) {
            MergeMembersResponse merged = MemberServiceGrpc.newBlockingStub(connection.channel())
                    .mergeMembers(MergeMembersRequest.newBuilder()
                            .setSurvivor(survivor.identifier())
                            .setAbsorbed(absorbed.identifier())
                            .setAuthor(author.author())
                            .setReason(author.reason())
                            .build());
            if (output.json()) {
                output.json(merged);
            } else {
                output.line("merge: " + RewardCommand.words(merged.getStatus()) + ", member "
                        + IdentifierOption.format(merged.getMemberKey()) + " lives on, balance "
                        + Points.format(merged.getBalanceMicro()));
            }
            return RewardCommand.code(merged.getStatus());
        }
    }
}
