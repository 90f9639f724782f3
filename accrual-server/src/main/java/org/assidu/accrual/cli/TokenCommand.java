package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assidu.accrual.access.Caller;
import org.assidu.accrual.access.Role;
import org.assidu.accrual.access.TokenIssuer;
import org.assidu.accrual.access.TokenSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assidu token …}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Keys and tokens for callers of a server.",
            "A chain with an identity provider issues tokens there; these commands are for one without."
        },
        subcommands = {TokenCommand.Key.class, TokenCommand.Issue.class})
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    TokenCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** Writes a file that must not exist, readable by its owner only. */
    private static void writeSecret(Path file, String text) throws IOException {
        createOwnerOnly(file);
        Files.writeString(file, text + "\n", StandardCharsets.US_ASCII);
    }

    /** An empty file, readable by its owner only; it must not exist. */
    static void createOwnerOnly(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
    }

    /** {@code assidu token key}. */
    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a pair of keys: the private one signs tokens, the public one goes to `serve --token-keys`.")
    static final class Key implements Callable<Integer> {
        @Option(
                names = "--private",
                paramLabel = "FILE",
                required = true,
                description = "Where the private key goes; must not exist. Keep it off the server.")
        private Path secret = Path.of("");

        @Option(
                names = "--public",
                paramLabel = "FILE",
                required = true,
                description = "Where the public key goes, a JWK set; must not exist.")
        private Path shared = Path.of("");

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            TokenIssuer issuer = TokenIssuer.create();
            writeSecret(secret, issuer.privateText());
            Files.writeString(shared, issuer.publicText() + "\n", StandardOpenOption.CREATE_NEW);
            output.line("private key in " + secret + ", public key in " + shared);
            return Assidu.OK;
        }
    }

    /** {@code assidu token issue}. */
    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description =
                    "Signs a token. Whoever has it is who it says, until it expires: hand it over like a password.")
    static final class Issue implements Callable<Integer> {
        private static final Pattern VALIDITY = Pattern.compile("([0-9]{1,5})([mhd])");
        private static final Duration LONGEST = Duration.ofDays(366);

        @Option(names = "--key", paramLabel = "FILE", required = true, description = "Private key of `token key`.")
        private Path key = Path.of("");

        @Option(
                names = "--subject",
                required = true,
                description =
                        "Name of the client, such as till-paris-3: quotas and logs go by it. Not a person's name.")
        private String subject = "";

        @Option(
                names = "--role",
                required = true,
                description = "One or more of till, service-desk, store-manager, marketing, analyst, accountant,"
                        + " privacy-officer, operator, member-self.")
        private List<String> roles = List.of();

        @Option(
                names = "--store",
                paramLabel = "CODE",
                description = "Store that the client acts for; may be repeated. '*' = all stores.")
        private List<String> stores = List.of();

        @Option(names = "--member", paramLabel = "KEY", description = "Member key, for the role member-self.")
        private @Nullable String member;

        @Option(
                names = "--valid",
                defaultValue = "12h",
                description = "How long: a number and m, h or d, at most 366d (default: ${DEFAULT-VALUE}).")
        private String valid = "12h";

        @Option(
                names = "--audience",
                defaultValue = TokenSettings.DEFAULT_AUDIENCE,
                description = "Server that it is for, as `serve --token-audience` (default: ${DEFAULT-VALUE}).")
        private String audience = TokenSettings.DEFAULT_AUDIENCE;

        @Option(
                names = "--certificate-thumbprint",
                paramLabel = "SHA256",
                description = "Base64url SHA-256 of the only client certificate that may show it.")
        private @Nullable String thumbprint;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Where the token goes; must not exist. Without, it is printed.")
        private @Nullable Path out;

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            Instant now = Instant.now();
            Instant end = now.plus(validity()).truncatedTo(ChronoUnit.SECONDS);
            Caller caller =
                    new Caller(subject, roles(), new HashSet<>(stores), memberKey(), end.toEpochMilli(), thumbprint);
            String token = TokenIssuer.ofText(Files.readString(key), key.toString())
                    .issue(caller, audience, now.toEpochMilli());
            if (out == null) {
                output.line(token);
            } else {
                writeSecret(out, token);
                output.line("token for " + subject + " in " + out + ", valid until " + end);
            }
            return Assidu.OK;
        }

        private Set<Role> roles() {
            Set<Role> named = new HashSet<>();
            for (String text : roles) {
                named.add(Role.ofText(text.toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--role " + text + " is unknown; known are " + Role.texts())));
            }
            boolean bound = named.contains(Role.TILL) || named.contains(Role.STORE_MANAGER);
            if (bound && stores.isEmpty()) {
                throw new IllegalArgumentException(
                        "this role acts for stores: name them with --store CODE, or --store '*' for all");
            }
            return named;
        }

        private long memberKey() {
            if ((member != null) != roles.contains(Role.MEMBER_SELF.text())) {
                throw new IllegalArgumentException("--member KEY and --role member-self belong together");
            }
            return member == null ? 0 : Long.parseUnsignedLong(member, 16);
        }

        private Duration validity() {
            Matcher matcher = VALIDITY.matcher(valid);
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(1));
                Duration duration = switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
                if (!duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                    return duration;
                }
            }
            throw new IllegalArgumentException("--valid " + valid + ": give a number and m, h or d, up to 366d");
        }
    }
}
