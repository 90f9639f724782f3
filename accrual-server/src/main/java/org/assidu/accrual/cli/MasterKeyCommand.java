package org.assidu.accrual.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.assidu.accrual.directory.PersonalStore;
import org.assidu.accrual.directory.SecretSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu rotate-master-key}. */
@Command(
        name = "rotate-master-key",
        mixinStandardHelpOptions = true,
        description = {
            "Wraps the keys of personal data under a new master key, on a stopped server.",
            "Then start it with --master-key-file FILE, and destroy the old key: with it, old copies are of no use."
        })
final class MasterKeyCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Master key now in force (default: DIR/directory/master.hex).")
    private @Nullable Path from;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "New master key, 64 hexadecimal digits; made when there is none.")
    private Path to = Path.of("");

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        Path folder = data.directory().directory();
        SecretSource old = from == null ? PersonalStore.masterKeyIn(folder) : SecretSource.file(from);
        if (from != null && !Files.exists(from)) {
            throw new IllegalArgumentException("--from " + from + " does not exist");
        }
        try (PersonalStore people = PersonalStore.open(folder, old)) {
            byte[] fresh = SecretSource.file(to).read(false);
            people.rotate(fresh);
            output.line(people.size() + " keys wrapped anew; start with --master-key-file " + to);
        }
        return Assidu.OK;
    }
}
