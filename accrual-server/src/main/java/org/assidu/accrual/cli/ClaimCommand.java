package org.assidu.accrual.cli;

import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.ClaimReceiptRequest;
import org.assidu.proto.v1.ClaimReceiptResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code assidu member claim}. */
@Command(
        name = "claim",
        mixinStandardHelpOptions = true,
        description = "Credit a receipt that named nobody to the member who shows it.")
final class ClaimCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private final IdentifierOption member = new IdentifierOption();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private final ReceiptOption receipt = new ReceiptOption();

    @Mixin
    private final AuthorOption author = new AuthorOption();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        try (Connection connection = server.connect()) {
            ClaimReceiptResponse claimed = MemberServiceGrpc.newBlockingStub(connection.channel())
                    .claimReceipt(ClaimReceiptRequest.newBuilder()
                            .setMember(member.identifier())
                            .setReceipt(receipt.identity())
                            .setAuthor(author.author())
                            .setReason(author.reason())
                            .build());
            if (output.json()) {
                output.json(claimed);
            } else {
                output.line("claim: " + RewardCommand.words(claimed.getStatus()) + ", "
                        + Points.format(claimed.getPointsMicro()) + " points, balance "
                        + Points.format(claimed.getBalanceMicro()));
            }
            return RewardCommand.code(claimed.getStatus());
        }
    }
}
