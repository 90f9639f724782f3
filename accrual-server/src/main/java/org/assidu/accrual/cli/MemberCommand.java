package org.assidu.accrual.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.Alert;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.EnrolResponse;
import org.assidu.proto.v1.ExplainReceiptRequest;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.ExplainedLine;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.LinkIdentifierRequest;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.Movement;
import org.assidu.proto.v1.Purse;
import org.assidu.proto.v1.StatementEntry;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assidu member …}. */
@Command(
        name = "member",
        mixinStandardHelpOptions = true,
        description = "Enrol people, look them up, explain what they earned.",
        subcommands = {
            MemberCommand.Show.class,
            MemberCommand.Enrol.class,
            MemberCommand.Link.class,
            MemberCommand.Statement.class,
            MemberCommand.Explain.class,
            ClubCommands.Join.class,
            ClubCommands.Leave.class,
            ActCommands.Act.class,
            ActCommands.Survey.class,
            ActCommands.Refer.class,
            PersonCommands.Find.class,
            PersonCommands.Profile.class,
            PersonCommands.Rectify.class,
            PersonCommands.ChangeConsent.class,
            PersonCommands.Oppose.class,
            PersonCommands.Export.class,
            PersonCommands.Erase.class,
            PersonCommands.Retention.class,
            ClaimCommand.class,
            MergeCommand.class,
            HouseholdCommands.Join.class,
            HouseholdCommands.Leave.class,
            CardDeskCommands.Block.class,
            CardDeskCommands.Unblock.class,
            CardDeskCommands.Replace.class,
            AdjustCommands.Adjust.class,
            AdjustCommands.Waiting.class,
            AdjustCommands.Approve.class,
            AdjustCommands.Reject.class
        })
final class MemberCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    MemberCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    private static MemberServiceGrpc.MemberServiceBlockingStub members(Connection connection) {
        return MemberServiceGrpc.newBlockingStub(connection.channel());
    }

    static String kind(Enum<?> value, String prefix) {
        return value.name().replace(prefix, "").toLowerCase(Locale.ROOT);
    }

    /** {@code assidu member show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Balances, level, clubs and rewards of a member.")
    static final class Show implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Mixin
        private final PastOption past = new PastOption();

        @Override
        public Integer call() throws IOException {
            LookUpResponse found = past.isAsked() ? PastAnswers.lookUp(past, member.identifier(), output) : now();
            if (output.json()) {
                output.json(found);
                return Assidu.OK;
            }
            output.line("member " + IdentifierOption.format(found.getMemberKey()) + ", "
                    + String.format(Locale.ROOT, "%,d receipts", found.getReceipts()));
            for (Purse purse : found.getPursesList()) {
                PurseText.lines(purse).forEach(output::line);
            }
            ClubCommands.lines(found).forEach(output::line);
            for (Alert alert : found.getAlertsList()) {
                output.line("  reward " + alert.getRewardId() + " × " + alert.getCount()
                        + (alert.getAutoApply() ? ", applied by the till" : ""));
            }
            return Assidu.OK;
        }

        private LookUpResponse now() {
            try (Connection connection = server.connect()) {
                return members(connection)
                        .lookUp(LookUpRequest.newBuilder()
                                .setMember(member.identifier())
                                .build());
            }
        }
    }

    /** {@code assidu member enrol}. */
    @Command(name = "enrol", mixinStandardHelpOptions = true, description = "Enrol a person under an identifier.")
    static final class Enrol implements Callable<Integer> {
        @ArgGroup(multiplicity = "1..*")
        private final List<IdentifierOption> identifiers = new ArrayList<>();

        @Option(names = "--store", defaultValue = "", description = "Store where the person enrols.")
        private String store = "";

        @Option(names = "--terms", defaultValue = "", description = "Version of the terms accepted.")
        private String terms = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                EnrolRequest.Builder request =
                        EnrolRequest.newBuilder().setStore(store).setTermsVersion(terms);
                identifiers.forEach(identifier -> request.addIdentifiers(identifier.identifier()));
                EnrolResponse enrolled = members(connection).enrol(request.build());
                if (output.json()) {
                    output.json(enrolled);
                } else {
                    output.line((enrolled.getCreated() ? "enrolled as member " : "already member ")
                            + IdentifierOption.format(enrolled.getMemberKey()));
                }
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member link}. */
    @Command(name = "link", mixinStandardHelpOptions = true, description = "Give a member one more identifier.")
    static final class Link implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--add-card", paramLabel = "EAN13", description = "Card to add.")
        private long addCard;

        @Option(names = "--add-phone", defaultValue = "", description = "Phone number to add.")
        private String addPhone = "";

        @Option(names = "--add-email", defaultValue = "", description = "E-mail address to add.")
        private String addEmail = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            int given = (addCard != 0 ? 1 : 0) + (addPhone.isEmpty() ? 0 : 1) + (addEmail.isEmpty() ? 0 : 1);
            if (given != 1) {
                throw new IllegalArgumentException(
                        "give one of --add-card, --add-phone and --add-email at a time, not " + given);
            }
            org.assidu.proto.v1.Identifier.Builder added = org.assidu.proto.v1.Identifier.newBuilder();
            if (addCard != 0) {
                added.setCard(addCard);
            } else if (!addPhone.isEmpty()) {
                added.setPhone(addPhone);
            } else {
                added.setEmail(addEmail);
            }
            try (Connection connection = server.connect()) {
                long key = members(connection)
                        .linkIdentifier(LinkIdentifierRequest.newBuilder()
                                .setMember(member.identifier())
                                .setAdded(added)
                                .build())
                        .getMemberKey();
                output.line("linked to member " + IdentifierOption.format(key));
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member statement}. */
    @Command(name = "statement", mixinStandardHelpOptions = true, description = "A member's ledger, newest first.")
    static final class Statement implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--limit", defaultValue = "20", description = "Entries, 1 to 1000 (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Option(names = "--before", defaultValue = "0", description = "Continue below this position.")
        private long before;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Mixin
        private final PastOption past = new PastOption();

        @Override
        public Integer call() throws IOException {
            GetStatementResponse statement =
                    past.isAsked() ? PastAnswers.statement(past, member.identifier(), limit, output) : now();
            if (output.json()) {
                output.json(statement);
            } else {
                print(statement);
            }
            return Assidu.OK;
        }

        private GetStatementResponse now() {
            try (Connection connection = server.connect()) {
                return members(connection)
                        .getStatement(GetStatementRequest.newBuilder()
                                .setMember(member.identifier())
                                .setLimit(limit)
                                .setBeforePosition(before)
                                .build());
            }
        }

        private void print(GetStatementResponse statement) {
            output.line("member " + IdentifierOption.format(statement.getMemberKey()) + ", balance "
                    + Points.format(statement.getBalanceMicro()));
            for (StatementEntry entry : statement.getEntriesList()) {
                Movement movement = entry.getMovement();
                output.line(String.format(
                        Locale.ROOT,
                        "  %-20s %14s %-8s %-9s %-10s %s",
                        Instant.ofEpochMilli(entry.getSoldAtMillis()),
                        Points.format(movement.getPointsMicro()),
                        movement.getPurseId(),
                        kind(movement.getKind(), "MOVEMENT_KIND_"),
                        movement.getRuleId(),
                        cause(entry)));
            }
            if (statement.getNextBeforePosition() > 0) {
                output.line("more with --before " + statement.getNextBeforePosition());
            }
        }

        private static String cause(StatementEntry entry) {
            if (!entry.hasReceipt()) {
                return entry.getOperation().toLowerCase(Locale.ROOT)
                        + (entry.getReason().isEmpty() ? "" : ": " + entry.getReason());
            }
            return entry.getReceipt().getStore() + "/" + entry.getReceipt().getTill() + "/"
                    + entry.getReceipt().getNumber();
        }
    }

    /** {@code assidu member explain}. */
    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "What a receipt earned, line by line, and why.")
    static final class Explain implements Callable<Integer> {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private final ReceiptOption receipt = new ReceiptOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Mixin
        private final PastOption past = new PastOption();

        @Override
        public Integer call() throws IOException {
            ExplainReceiptResponse explained =
                    past.isAsked() ? PastAnswers.explain(past, receipt.identity(), output) : now();
            if (output.json()) {
                output.json(explained);
            } else {
                print(explained);
            }
            return Assidu.OK;
        }

        private ExplainReceiptResponse now() {
            try (Connection connection = server.connect()) {
                return members(connection)
                        .explainReceipt(ExplainReceiptRequest.newBuilder()
                                .setReceipt(receipt.identity())
                                .build());
            }
        }

        private void print(ExplainReceiptResponse explained) {
            output.line(String.format(
                    Locale.ROOT,
                    "store %s, till %s, receipt %d: %s, sold %s, programme %s version %d%s",
                    explained.getReceipt().getStore(),
                    explained.getReceipt().getTill(),
                    explained.getReceipt().getNumber(),
                    kind(explained.getStatus(), "RECEIPT_STATUS_"),
                    Instant.ofEpochMilli(explained.getSoldAtMillis()),
                    explained.getProgrammeId(),
                    explained.getProgrammeVersion(),
                    explained.getMemberKey() == 0
                            ? ", no member"
                            : ", member " + IdentifierOption.format(explained.getMemberKey())));
            for (ExplainedLine line : explained.getLinesList()) {
                output.line(String.format(
                        Locale.ROOT,
                        "  %4d  %-14s %10s × %12s %s  %12s points  %s",
                        line.getLine(),
                        line.getSku(),
                        decimal(line.getQuantityThousandths(), 3),
                        decimal(line.getAmountMinor(), 2),
                        explained.getCurrency(),
                        Points.format(line.getPointsMicro()),
                        line.getReason()));
            }
            if (!explained.getTierReached().isEmpty()) {
                output.line("  reached level " + explained.getTierReached() + ", from the next receipt on");
            }
            explained.getClubsJoinedList().forEach(club -> output.line("  joined or renewed club " + club));
            for (Movement movement : explained.getMovementsList()) {
                output.line(String.format(
                        Locale.ROOT,
                        "  %s %s points by rule %s",
                        kind(movement.getKind(), "MOVEMENT_KIND_"),
                        Points.format(movement.getPointsMicro()),
                        movement.getRuleId()));
            }
        }

        private static String decimal(long value, int scale) {
            java.math.BigDecimal exact = java.math.BigDecimal.valueOf(value, scale);
            return scale == 3 ? exact.stripTrailingZeros().toPlainString() : exact.toPlainString();
        }
    }
}
