package org.assidu.accrual.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.engagement.EventBatch;
import org.assidu.accrual.engagement.EventFilter;
import org.assidu.accrual.engagement.EventJson;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.accrual.engagement.EventSource;
import org.assidu.accrual.engagement.Forwarder;
import org.assidu.accrual.engagement.ForwarderConfig;
import org.assidu.accrual.engagement.ForwarderFile;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.EventKind;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.ConsentFlags;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.GetStatusRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assidu events …}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "What a CRM should act on: welcomes, first purchases, thresholds, rewards, tiers, expiries.",
        subcommands = {EventsCommand.Tail.class, EventsCommand.Forward.class})
final class EventsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    EventsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu events tail}. */
    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description = {
                "Prints events as they become durable, one a line, until Ctrl-C.",
                "Each begins with its position and index; --from goes on behind the last one seen."
            })
    static final class Tail implements Callable<Integer> {
        @Option(
                names = "--from",
                paramLabel = "POSITION[.INDEX]",
                description = "First event; 1 is the beginning (default: what happens from now on).")
        private @Nullable String from;

        @Option(names = "--kind", split = ",", description = "Only these kinds: ${COMPLETION-CANDIDATES}.")
        private Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);

        @Option(names = "--without-historical", description = "Leave out what imported old books caused.")
        private boolean withoutHistorical;

        @Option(names = "--no-follow", description = "End when all that is durable has been printed.")
        private boolean noFollow;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws Exception {
            EventFilter filter = EventFilter.of(kinds, !withoutHistorical);
            EventPosition asked = from == null ? null : position(from);
            Connection connection = server.connect();
            EventPosition first = asked == null ? end(connection) : asked;
            try (EventSource source = new RemoteEventSource(connection, first, filter, !noFollow)) {
                for (EventBatch batch = source.next(); batch != null; batch = source.next()) {
                    for (Event event : batch.events()) {
                        output.line(output.json() ? EventJson.print(event) : text(event));
                    }
                }
            }
            return Assidu.OK;
        }

        private static EventPosition end(Connection connection) {
            return new EventPosition(
                    AdminServiceGrpc.newBlockingStub(connection.channel())
                                    .getStatus(GetStatusRequest.getDefaultInstance())
                                    .getDurablePosition()
                            + 1,
                    0);
        }

        private static EventPosition position(String text) {
            if (!text.matches("[1-9][0-9]{0,17}(\\.[0-9]{1,9})?")) {
                throw new IllegalArgumentException(
                        "--from " + text + " is no place; write a position from 1, or position.index such as 17.2");
            }
            int dot = text.indexOf('.');
            return new EventPosition(
                    Long.parseLong(dot < 0 ? text : text.substring(0, dot)),
                    dot < 0 ? 0 : Integer.parseInt(text.substring(dot + 1)));
        }

        private static String text(Event event) {
            String cause = switch (event.getCauseCase()) {
                case RECEIPT ->
                    "receipt " + event.getReceipt().getStore() + "/"
                            + event.getReceipt().getTill() + "/"
                            + event.getReceipt().getSeries() + "/"
                            + event.getReceipt().getNumber();
                case OPERATION -> "operation " + event.getOperation();
                case ENROLMENT -> "enrolment";
                case CAUSE_NOT_SET -> "";
            };
            return String.format(
                    "%d.%d %s %-20s member %016x%s value %d, %s, %s",
                    event.getPosition(),
                    event.getIndex(),
                    Instant.ofEpochMilli(event.getRecordedAtMillis()),
                    event.getKind().name().substring("EVENT_KIND_".length()),
                    event.getMemberKey(),
                    event.getRuleId().isEmpty() ? "" : " rule " + event.getRuleId(),
                    event.getValue(),
                    cause,
                    consents(event.getConsents()));
        }

        private static String consents(ConsentFlags flags) {
            List<String> given = new ArrayList<>();
            if (flags.getEmail()) {
                given.add("email");
            }
            if (flags.getSms()) {
                given.add("sms");
            }
            if (flags.getPush()) {
                given.add("push");
            }
            if (flags.getProfiling()) {
                given.add("profiling");
            }
            return given.isEmpty() ? "no consent" : "consents to " + String.join(", ", given);
        }
    }

    /** {@code assidu events forward}. */
    @Command(
            name = "forward",
            mixinStandardHelpOptions = true,
            description = {
                "Brings a server's events to the webhooks and files that a configuration names, until Ctrl-C.",
                "Run it again and it goes on where it was. The server does the same by itself with serve --config."
            },
            footer = {
                "",
                "forwarders:",
                "  - name: crm",
                "    webhook: {url: \"https://crm.example/events\", secret_file: crm.secret}",
                "    kinds: [WELCOME, REWARD_AVAILABLE]   # absent: all",
                "  - name: archive",
                "    files: {folder: events, rotate_mib: 64}",
                "    historical: true                     # also what imported old books caused"
            })
    static final class Forward implements Callable<Integer> {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                required = true,
                description = "YAML with a section forwarders.")
        private Path file = Path.of("");

        @Option(
                names = "--state",
                paramLabel = "DIR",
                description = "Where it remembers how far each webhook is (default: folder forwarders beside FILE).")
        private @Nullable Path state;

        @Option(names = "--only", paramLabel = "NAME", description = "Of the forwarders in FILE, only this one.")
        private @Nullable String only;

        @Option(names = "--no-follow", description = "End when all that is durable has been brought.")
        private boolean noFollow;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws Exception {
            List<ForwarderConfig> wanted = ForwarderFile.read(file).stream()
                    .filter(forwarder -> only == null || forwarder.name().equals(only))
                    .toList();
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException(
                        file + " has no forwarder" + (only == null ? "" : " named " + only) + "; see --help");
            }
            Path folder = state != null ? state : file.toAbsolutePath().resolveSibling("forwarders");
            List<Forwarder> forwarders = new ArrayList<>();
            for (ForwarderConfig forwarder : wanted) {
                forwarders.add(Forwarder.start(
                        forwarder,
                        (from, filter) -> new RemoteEventSource(server.connect(), from, filter, !noFollow),
                        folder,
                        System::currentTimeMillis));
            }
            CompletableFuture.allOf(forwarders.stream().map(Forwarder::end).toArray(CompletableFuture[]::new))
                    .join();
            for (int i = 0; i < wanted.size(); i++) {
                output.line(wanted.get(i).name() + ": brought everything before "
                        + forwarders.get(i).position());
            }
            return Assidu.OK;
        }
    }
}
