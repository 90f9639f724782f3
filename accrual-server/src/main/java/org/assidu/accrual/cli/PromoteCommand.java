package org.assidu.accrual.cli;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.replication.Peer;
import org.assidu.accrual.replication.PeerAgent;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu promote}. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a stopped standby the server of its chain: verifies its journal and begins a new epoch in it.",
            "Only for a server that is gone for good or was stopped: two servers of one chain must never serve"
                    + " together."
        },
        footer = {"", "Afterwards: assidu serve --data DIR --peer OLD, and tills to the new address."})
final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--fence",
            paramLabel = "HOST:PORT",
            description = "Tell the server that was replaced, if it can still be reached: it stops.")
    private List<String> fenced = List.of();

    @Mixin
    private final CallerOption security = new CallerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        DataDirectory directory = data.directory();
        Promotion promotion = Promotion.of(directory);
        long missing = promotion.primaryPosition() - promotion.followed();
        output.line(String.format(
                Locale.ROOT,
                "%s serves from now on, in epoch %d, from position %,d%n  followed      up to position %,d%n  missing "
                        + "      %,d records that the old server was heard to have, and what it acknowledged after it was"
                        + " heard of last%nnext: assidu serve --data %s%s",
                directory.root(),
                promotion.epoch().number(),
                promotion.epoch().position(),
                promotion.followed(),
                missing,
                directory.root(),
                fenced.isEmpty() ? " --peer OLD" : " --peer " + String.join(" --peer ", fenced)));
        boolean all = true;
        for (String old : fenced) {
            all &= fence(old, promotion.epoch().number());
        }
        return all ? Assidu.OK : Assidu.PARTIAL;
    }

    private boolean fence(String address, long epoch) {
        try (Connection connection = security.connect(address)) {
            var unused = PeerAgent.ask(new Peer(address, connection.channel()), epoch);
            output.line("  fenced        " + address + " was told, and stops");
            return true;
        } catch (StatusRuntimeException e) {
            output.line("  NOT FENCED    " + address + ": " + e.getStatus().getCode()
                    + "; make sure that it does not come back, or serve with --peer " + address);
            return false;
        }
    }
}
