package org.assidu.accrual.cli;

import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.DrainRequest;
import org.assidu.proto.v1.DrainResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code assidu stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Lets a running server finish what it has taken, force it to disk, and end.")
final class StopCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        try (Connection connection = server.connect()) {
            DrainResponse drained =
                    AdminServiceGrpc.newBlockingStub(connection.channel()).drain(DrainRequest.getDefaultInstance());
            if (output.json()) {
                output.json(drained);
            } else {
                output.line(String.format("stopped at position %,d", drained.getPosition()));
            }
            return Assidu.OK;
        }
    }
}
