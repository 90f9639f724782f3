package org.assidu.accrual.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.IssueCardsRequest;
import org.assidu.proto.v1.IssueCardsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assidu cards …}. */
@Command(
        name = "cards",
        mixinStandardHelpOptions = true,
        description = "Card numbers and images for the printer.",
        subcommands = {CardsCommand.Issue.class, RenderCardsCommand.class})
final class CardsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    CardsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu cards issue}. */
    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description = {
                "Issues the next consecutive EAN-13 cards under a prefix, never the same twice.",
                "An issued card enrols its bearer when it is first scanned."
            })
    static final class Issue implements Callable<Integer> {
        @Option(names = "--prefix", required = true, description = "7 to 11 digits that all these cards begin with.")
        private String prefix = "";

        @Option(names = "--count", required = true, description = "How many, 1 to 100000.")
        private int count;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "Text file for the printer, a card a line; must not exist yet.")
        private Path file = Path.of("");

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            Files.createFile(file);
            long first = 0;
            long last = 0;
            try (Connection connection = server.connect();
                    PrintWriter cards = new PrintWriter(Files.newBufferedWriter(file))) {
                Iterator<IssueCardsResponse> answers = AdminServiceGrpc.newBlockingStub(connection.channel())
                        .issueCards(IssueCardsRequest.newBuilder()
                                .setPrefix(prefix)
                                .setCount(count)
                                .build());
                while (answers.hasNext()) {
                    for (long card : answers.next().getCardsList()) {
                        first = first == 0 ? card : first;
                        last = card;
                        cards.println(Ean13.text(card));
                    }
                }
            } catch (RuntimeException failed) {
                Files.deleteIfExists(file);
                throw failed;
            }
            output.line(String.format(
                    Locale.ROOT, "%,d cards, %s to %s, in %s", count, Ean13.text(first), Ean13.text(last), file));
            return Assidu.OK;
        }
    }
}
