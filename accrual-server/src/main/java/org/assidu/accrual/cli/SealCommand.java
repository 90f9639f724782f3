package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assidu.accrual.audit.SealKeys;
import org.assidu.accrual.audit.Sealer;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.server.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assidu seal …}. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        description = {
            "Signed statements of what a journal holds, for `assidu audit`.",
            "A server that is started with --seal-key seals at start, daily and at the end."
        },
        subcommands = {SealCommand.Key.class, SealCommand.Now.class})
final class SealCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    SealCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu seal key}. */
    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Makes a pair of keys: the private one seals, the public one is for auditors.")
    static final class Key implements Callable<Integer> {
        @Option(
                names = "--private",
                paramLabel = "FILE",
                required = true,
                description = "Where the private key goes (PEM); must not exist.")
        private Path secret = Path.of("");

        @Option(
                names = "--public",
                paramLabel = "FILE",
                required = true,
                description = "Where the public key goes (PEM); must not exist. Give it to the auditors at once.")
        private Path shared = Path.of("");

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            KeyPair pair = SealKeys.create();
            TokenCommand.createOwnerOnly(secret);
            Files.writeString(secret, SealKeys.text(pair.getPrivate()), StandardCharsets.US_ASCII);
            Files.writeString(shared, SealKeys.text(pair.getPublic()), StandardOpenOption.CREATE_NEW);
            output.line("private key in " + secret + ", public key in " + shared);
            return Assidu.OK;
        }
    }

    /** {@code assidu seal now}. */
    @Command(
            name = "now",
            mixinStandardHelpOptions = true,
            description = "Seals what the journal of a stopped server has gained since its newest seal.")
    static final class Now implements Callable<Integer> {
        @Mixin
        private final DataOption data = new DataOption();

        @Option(names = "--key", paramLabel = "FILE", required = true, description = "Private key of `seal key`.")
        private Path key = Path.of("");

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            PrivateKey secret = SealKeys.privateKey(Files.readString(key), key.toString());
            DataDirectory directory = data.directory();
            directory.requireUnused();
            JournalReport structure;
            try (Progress progress = Progress.start("verify journal", "records", 0)) {
                structure = directory.verifyStructure(new RecoveryProgress() {
                    @Override
                    public void verified(long bytesDone, long bytesTotal, long position) {
                        progress.at(position);
                    }

                    @Override
                    public void warning(String message) {
                        output.err().println(message);
                    }
                });
            }
            if (structure.damage() != null) {
                output.err()
                        .println("damaged, so not sealed: " + structure.damage().message());
                return Assidu.FAILED;
            }
            try (JournalReader records = directory.openReadOnly()) {
                Optional<Path> file = new Sealer(directory.seals(), secret).seal(records, structure.records());
                output.line(file.map(written -> "sealed in " + written + ": keep a copy elsewhere")
                        .orElse("nothing came since the newest seal"));
            }
            return Assidu.OK;
        }
    }
}
