package org.assidu.accrual.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.proto.v1.ApplyRetentionRequest;
import org.assidu.proto.v1.ChangeConsentsRequest;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.EraseMemberRequest;
import org.assidu.proto.v1.EraseMemberResponse;
import org.assidu.proto.v1.ExportMemberRequest;
import org.assidu.proto.v1.ExportMemberResponse;
import org.assidu.proto.v1.FindMembersRequest;
import org.assidu.proto.v1.FindMembersResponse;
import org.assidu.proto.v1.FoundMember;
import org.assidu.proto.v1.GetProfileRequest;
import org.assidu.proto.v1.GetProfileResponse;
import org.assidu.proto.v1.MemberServiceGrpc;
import org.assidu.proto.v1.OpposeProfilingRequest;
import org.assidu.proto.v1.PersonalData;
import org.assidu.proto.v1.RectifyMemberRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Those commands of {@code assidu member} that are about the person. */
final class PersonCommands {
    private PersonCommands() {}

    private static MemberServiceGrpc.MemberServiceBlockingStub members(Connection connection) {
        return MemberServiceGrpc.newBlockingStub(connection.channel());
    }

    private static String text(PersonalData data) {
        StringBuilder text = new StringBuilder();
        data.getAllFields()
                .forEach((field, value) -> text.append(String.format("%n  %-12s %s", field.getName(), value)));
        return text.toString();
    }

    /** {@code assidu member find}. */
    @Command(name = "find", mixinStandardHelpOptions = true, description = "Find members by name (service desk).")
    static final class Find implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Whole names, in any order.")
        private List<String> names = List.of();

        @Option(names = "--birth-date", defaultValue = "", description = "As yyyy-mm-dd.")
        private String birthDate = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                FindMembersResponse found = members(connection)
                        .findMembers(FindMembersRequest.newBuilder()
                                .setName(String.join(" ", names))
                                .setBirthDate(birthDate)
                                .build());
                if (output.json()) {
                    output.json(found);
                    return Assidu.OK;
                }
                for (FoundMember member : found.getMembersList()) {
                    output.line("member " + IdentifierOption.format(member.getMemberKey()) + text(member.getData()));
                }
                output.line(found.getMembersCount() + " found");
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member profile}. */
    @Command(
            name = "profile",
            mixinStandardHelpOptions = true,
            description = "What is known of the person, and what they decided about their data.")
    static final class Profile implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                GetProfileResponse profile = members(connection)
                        .getProfile(GetProfileRequest.newBuilder()
                                .setMember(member.identifier())
                                .build());
                if (output.json()) {
                    output.json(profile);
                    return Assidu.OK;
                }
                output.line("member " + IdentifierOption.format(profile.getMemberKey()) + text(profile.getData()));
                for (Consent consent : profile.getConsentsList()) {
                    output.line("  consent to " + MemberCommand.kind(consent.getPurpose(), "CONSENT_PURPOSE_")
                            + (consent.getGranted() ? " given" : " refused"));
                }
                if (profile.getProfilingOpposed()) {
                    output.line("  objects to profiling");
                }
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member rectify}. */
    @Command(
            name = "rectify",
            mixinStandardHelpOptions = true,
            description = "Add, correct or clear what is known of the person.")
    static final class Rectify implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(
                names = "--set",
                paramLabel = "FIELD=VALUE",
                description =
                        "given_name, family_name, birth_date, phone, email, address, postal_code, city, country or"
                                + " language; may be repeated.")
        private Map<String, String> set = Map.of();

        @Option(names = "--clear", paramLabel = "FIELD", description = "Field to know no longer; may be repeated.")
        private List<String> clear = List.of();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            PersonalData.Builder data = PersonalData.newBuilder();
            set.forEach((name, value) -> {
                FieldDescriptor field = PersonalData.getDescriptor().findFieldByName(name);
                if (field == null) {
                    throw new IllegalArgumentException("--set " + name + ": no such field; see --help");
                }
                data.setField(field, value);
            });
            try (Connection connection = server.connect()) {
                PersonalData now = members(connection)
                        .rectifyMember(RectifyMemberRequest.newBuilder()
                                .setMember(member.identifier())
                                .setData(data)
                                .addAllCleared(clear)
                                .build())
                        .getData();
                if (output.json()) {
                    output.json(now);
                } else {
                    output.line("known now:" + text(now));
                }
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member consent}. */
    @Command(name = "consent", mixinStandardHelpOptions = true, description = "Give or withdraw a consent.")
    static final class ChangeConsent implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--purpose", required = true, description = "email, sms, push or profiling.")
        private String purpose = "";

        @Option(names = "--withdraw", description = "Withdraw it; without, it is given.")
        private boolean withdraw;

        @Option(names = "--wording", defaultValue = "", description = "Version of the wording that was shown.")
        private String wording = "";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                members(connection)
                        .changeConsents(ChangeConsentsRequest.newBuilder()
                                .setMember(member.identifier())
                                .addConsents(Consent.newBuilder()
                                        .setPurpose(ConsentPurpose.valueOf(
                                                "CONSENT_PURPOSE_" + purpose.toUpperCase(Locale.ROOT)))
                                        .setGranted(!withdraw)
                                        .setWordingVersion(wording)
                                        .setGivenAtMillis(System.currentTimeMillis()))
                                .build());
                output.line("consent to " + purpose + (withdraw ? " withdrawn" : " given"));
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member oppose}. */
    @Command(name = "oppose", mixinStandardHelpOptions = true, description = "Object to profiling.")
    static final class Oppose implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--undo", description = "Take the objection back.")
        private boolean undo;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                members(connection)
                        .opposeProfiling(OpposeProfilingRequest.newBuilder()
                                .setMember(member.identifier())
                                .setOpposed(!undo)
                                .build());
                output.line(undo ? "objection taken back" : "objection to profiling recorded");
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member export}. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Everything that is held of a member, as JSON: hand it to them and to nobody else.")
    static final class Export implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--out", paramLabel = "FILE", required = true, description = "Must not exist yet.")
        private Path out = Path.of("");

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            TokenCommand.createOwnerOnly(out);
            long receipts = 0;
            try (Connection connection = server.connect();
                    PrintWriter json = new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8))) {
                Iterator<ExportMemberResponse> parts = members(connection)
                        .exportMember(ExportMemberRequest.newBuilder()
                                .setMember(member.identifier())
                                .build());
                JsonFormat.Printer printer = JsonFormat.printer().omittingInsignificantWhitespace();
                String before = "[\n";
                while (parts.hasNext()) {
                    ExportMemberResponse part = parts.next();
                    receipts += part.hasReceipt() ? 1 : 0;
                    json.print(before + printer.print(part));
                    before = ",\n";
                }
                json.println("\n]");
            } catch (RuntimeException failed) {
                Files.deleteIfExists(out);
                throw failed;
            }
            output.line(String.format(Locale.ROOT, "%,d receipts and what else is held, in %s", receipts, out));
            return Assidu.OK;
        }
    }

    /** {@code assidu member erase}. */
    @Command(
            name = "erase",
            mixinStandardHelpOptions = true,
            description = "Delete everything by which the person could be found. Receipts stay, of nobody.")
    static final class Erase implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private final IdentifierOption member = new IdentifierOption();

        @Option(names = "--yes", required = true, description = "That this cannot be undone is understood.")
        private boolean yes;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                EraseMemberResponse erased = members(connection)
                        .eraseMember(EraseMemberRequest.newBuilder()
                                .setMember(member.identifier())
                                .build());
                output.line(String.format(Locale.ROOT, "erased; recorded at position %,d", erased.getPosition()));
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu member retention}. */
    @Command(
            name = "retention",
            mixinStandardHelpOptions = true,
            description = "Erase members without activity for so many months. Meant to be run every day.")
    static final class Retention implements Callable<Integer> {
        @Option(names = "--months", required = true, description = "1 to 1200.")
        private int months;

        @Option(names = "--dry-run", description = "Only count.")
        private boolean dryRun;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                long count = members(connection)
                        .applyRetention(ApplyRetentionRequest.newBuilder()
                                .setInactiveMonths(months)
                                .setDryRun(dryRun)
                                .build())
                        .getMembers();
                output.line(String.format(
                        Locale.ROOT,
                        "%,d members without activity for %d months%s",
                        count,
                        months,
                        dryRun ? "" : " erased"));
                return Assidu.OK;
            }
        }
    }
}
