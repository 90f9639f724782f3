package org.assidu.accrual.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assidu.accrual.admin.LocalProcess;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.DrainRequest;
import org.assidu.proto.v1.DrainResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a running server finish what it has taken, force it to disk, and end.",
            "On the server's machine it returns when the process is gone, and with it all use of its data directory."
        })
final class StopCommand implements Callable<Integer> {
    /** A wait that is longer than this is told. */
    private static final Duration UNTOLD = Duration.ofSeconds(2);

    @Option(
            names = "--wait-seconds",
            paramLabel = "N",
            defaultValue = "600",
            description = "How long the process may take to end, which a snapshot is part of; behind that the exit code"
                    + " is 1 (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        DrainResponse drained = drain();
        Optional<LocalProcess> process = LocalProcess.find(drained.getProcessId(), drained.getProcessStartedTicks())
                .filter(running -> running.id() != ProcessHandle.current().pid());
        if (process.isPresent() && !hasEnded(process.get(), drained)) {
            throw new IllegalStateException(String.format(
                    "the server takes nothing more since position %,d, and all that is answered is forced, but its process"
                            + " %d has not ended in %d s; its log tells what it does",
                    drained.getPosition(), drained.getProcessId(), waitSeconds));
        }
        if (output.json()) {
            output.json(drained);
        } else if (process.isPresent()) {
            output.line(String.format("stopped at position %,d", drained.getPosition()));
        } else {
            output.line(String.format(
                    "drained at position %,d; process %d is not seen from here: until it has ended, its data directory is in"
                            + " use",
                    drained.getPosition(), drained.getProcessId()));
        }
        return Assidu.OK;
    }

    private DrainResponse drain() {
        try (Connection connection = server.connect()) {
            return AdminServiceGrpc.newBlockingStub(connection.channel()).drain(DrainRequest.getDefaultInstance());
        }
    }

    private boolean hasEnded(LocalProcess process, DrainResponse drained) throws InterruptedException {
        Duration patience = Duration.ofSeconds(waitSeconds);
        if (process.awaitEnd(patience.compareTo(UNTOLD) < 0 ? patience : UNTOLD)) {
            return true;
        }
        output.err()
                .printf(
                        "drained at position %,d; process %d closes its files%n",
                        drained.getPosition(), drained.getProcessId());
        output.err().flush();
        return process.awaitEnd(patience.minus(UNTOLD));
    }
}
