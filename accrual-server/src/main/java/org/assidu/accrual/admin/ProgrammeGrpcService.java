package org.assidu.accrual.admin;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.function.LongConsumer;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeCheck;
import org.assidu.accrual.grpc.Answers;
import org.assidu.accrual.grpc.BlockingCalls;
import org.assidu.accrual.grpc.GrpcErrors;
import org.assidu.accrual.grpc.ReceiptMapper;
import org.assidu.accrual.grpc.Refusal;
import org.assidu.accrual.grpc.ResultMapper;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammePart;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.SupposedMember;
import org.assidu.accrual.pipeline.MemberAnswer;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ProgrammeVersion;
import org.assidu.accrual.pipeline.PublicationAnswer;
import org.assidu.accrual.pipeline.PublicationRequest;
import org.assidu.accrual.pipeline.Simulation;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.WorseForMembers;
import org.assidu.accrual.text.ProgrammeDescription;
import org.assidu.accrual.text.ProgrammeDifference;
import org.assidu.proto.v1.DescribeProgrammeRequest;
import org.assidu.proto.v1.DescribeProgrammeResponse;
import org.assidu.proto.v1.DiffProgrammesRequest;
import org.assidu.proto.v1.DiffProgrammesResponse;
import org.assidu.proto.v1.GetProgrammeRequest;
import org.assidu.proto.v1.GetProgrammeResponse;
import org.assidu.proto.v1.ListProgrammesRequest;
import org.assidu.proto.v1.ListProgrammesResponse;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.PublishProgrammeResponse;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.RuleEffect;
import org.assidu.proto.v1.SimulateReceiptRequest;
import org.assidu.proto.v1.SimulateReceiptResponse;
import org.assidu.proto.v1.ValidateProgrammeRequest;
import org.assidu.proto.v1.ValidateProgrammeResponse;
import org.jspecify.annotations.Nullable;

/** Programmes as data. Reading and compiling documents happens on the blocking threads. */
public final class ProgrammeGrpcService extends ProgrammeServiceGrpc.ProgrammeServiceImplBase {
    private static final int MAX_TEXT_BYTES = 256 << 10;
    /** Stands for the member of a simulated receipt; shown to nobody. */
    private static final long SOME_MEMBER = 1;

    private final Pipeline pipeline;
    private final BlockingCalls blocking;
    private final LongConsumer firstBegins;

    public ProgrammeGrpcService(Pipeline pipeline, BlockingCalls blocking) {
        this(pipeline, blocking, fromMillis -> {});
    }

    /** @param firstBegins told when the first version takes effect, epoch milliseconds, once it is published */
    public ProgrammeGrpcService(Pipeline pipeline, BlockingCalls blocking, LongConsumer firstBegins) {
        this.pipeline = pipeline;
        this.blocking = blocking;
        this.firstBegins = firstBegins;
    }

    @Override
    public void validateProgramme(
            ValidateProgrammeRequest request, StreamObserver<ValidateProgrammeResponse> observer) {
        blocking.answer(observer, () -> {
            ValidateProgrammeResponse.Builder to = ValidateProgrammeResponse.newBuilder();
            ProgrammeCheck.problemsOf(text(request.getDocument())).forEach(problem -> to.addProblems(problem(problem)));
            return to.build();
        });
    }

    @Override
    public void publishProgramme(PublishProgrammeRequest request, StreamObserver<PublishProgrammeResponse> observer) {
        blocking.run(observer, () -> {
            String text = text(request.getDocument());
            ProgrammeCheck check = ProgrammeCheck.check(text, 1);
            ParsedProgramme parsed = check.parsed();
            if (!check.problems().isEmpty() || parsed.document() == null) {
                PublishProgrammeResponse.Builder to = PublishProgrammeResponse.newBuilder();
                check.problems().forEach(problem -> to.addProblems(problem(problem)));
                observer.onNext(to.build());
                observer.onCompleted();
                return null;
            }
            Answers.answer(
                    observer,
                    pipeline.publish(
                            new PublicationRequest(parsed.document(), parsed.canonicalText(), parsed.sha256(), text)),
                    answer -> {
                        ProgrammeVersion version = answer.version();
                        if (version != null && version.programme().version() == 1) {
                            firstBegins.accept(version.programme().document().effectiveFromMillis());
                        }
                        return published(answer, parsed);
                    });
            return null;
        });
    }

    @Override
    public void getProgramme(GetProgrammeRequest request, StreamObserver<GetProgrammeResponse> observer) {
        Answers.answer(observer, pipeline.programmes(), versions -> {
            ProgrammeVersion version = version(versions, request.getVersion());
            return GetProgrammeResponse.newBuilder()
                    .setVersion(version(version))
                    .setDocument(ProgrammeDocument.newBuilder()
                            .setText(version.programme().sourceText()))
                    .build();
        });
    }

    @Override
    public void listProgrammes(ListProgrammesRequest request, StreamObserver<ListProgrammesResponse> observer) {
        Answers.answer(observer, pipeline.programmes(), versions -> {
            ListProgrammesResponse.Builder to = ListProgrammesResponse.newBuilder();
            versions.forEach(version -> to.addVersions(version(version)));
            return to.build();
        });
    }

    @Override
    public void describeProgramme(
            DescribeProgrammeRequest request, StreamObserver<DescribeProgrammeResponse> observer) {
        String language = language(request.getLanguage());
        if (language == null) {
            observer.onError(unknownLanguage(request.getLanguage()));
            return;
        }
        if (request.hasDocument()) {
            blocking.answer(observer, () -> description(read(request.getDocument()), language));
            return;
        }
        blocking.answerLater(
                observer,
                pipeline.programmes(),
                versions -> description(
                        version(versions, request.getVersion()).programme().document(), language));
    }

    @Override
    public void diffProgrammes(DiffProgrammesRequest request, StreamObserver<DiffProgrammesResponse> observer) {
        String language = language(request.getLanguage());
        if (language == null) {
            observer.onError(unknownLanguage(request.getLanguage()));
            return;
        }
        blocking.answerLater(observer, pipeline.programmes(), versions -> {
            org.assidu.accrual.model.ProgrammeDocument old = request.hasOldDocument()
                    ? read(request.getOldDocument())
                    : version(versions, request.getOldVersion()).programme().document();
            org.assidu.accrual.model.ProgrammeDocument next = request.hasNextDocument()
                    ? read(request.getNextDocument())
                    : version(versions, request.getNextVersion()).programme().document();
            List<ProgrammePart> worse = WorseForMembers.parts(old, next);
            return DiffProgrammesResponse.newBuilder()
                    .setText(ProgrammeDifference.describe(old, next, worse, language))
                    .addAllWorseForMembers(
                            worse.stream().map(ProgrammePart::toString).toList())
                    .build();
        });
    }

    private static @Nullable String language(String asked) {
        String language = asked.isEmpty() ? "en" : asked;
        return language.equals("en") || language.equals("fr") ? language : null;
    }

    private static StatusRuntimeException unknownLanguage(String asked) {
        return GrpcErrors.invalidArgument("language", "\"" + asked + "\"; send en or fr");
    }

    private static org.assidu.accrual.model.ProgrammeDocument read(ProgrammeDocument from) {
        ParsedProgramme parsed = ProgrammeCheck.check(text(from), 1).parsed();
        if (parsed.document() == null) {
            throw unreadable(parsed.problems());
        }
        return parsed.document();
    }

    @Override
    public void simulateReceipt(SimulateReceiptRequest request, StreamObserver<SimulateReceiptResponse> observer) {
        if (request.hasDocument()) {
            blocking.answer(observer, () -> {
                String text = text(request.getDocument());
                ProgrammeCheck check = ProgrammeCheck.check(text, 1);
                ParsedProgramme parsed = check.parsed();
                if (!check.problems().isEmpty() || parsed.document() == null) {
                    SimulateReceiptResponse.Builder to = SimulateReceiptResponse.newBuilder();
                    check.problems().forEach(problem -> to.addProblems(problem(problem)));
                    return to.build();
                }
                return simulation(
                        new PublishedProgramme(1, parsed.sha256(), parsed.canonicalText(), text, parsed.document()),
                        request);
            });
            return;
        }
        blocking.answerLater(
                observer,
                pipeline.programmes(),
                versions -> simulation(version(versions, request.getVersion()).programme(), request));
    }

    private SimulateReceiptResponse simulation(PublishedProgramme programme, SimulateReceiptRequest request) {
        Receipt from = request.getReceipt();
        List<Simulation.RuleEffect> effects = List.of();
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        Refusal refusal = new ReceiptMapper().map(from, receipt);
        List<MemberAnswer.UsableReward> alerts = List.of();
        if (refusal == null) {
            receipt.memberKey = SOME_MEMBER;
            receipt.memberFact = MemberFact.KNOWN;
            Simulation simulation = simulate(programme, receipt, request.getMember());
            effects = simulation.effects();
            outcome.copyFrom(simulation.outcome());
            alerts = simulation.alerts();
        } else {
            outcome.reset(refusal.status(), 0);
        }
        outcome.alerts = 0;
        List<String> rules = ProgrammeCompiler.compile(programme).ruleIds();
        ReceiptResult.Builder result = new ResultMapper(pipeline::reward, (version, rule) -> rules.get(rule))
                .map(receipt, outcome, refusal == null ? "" : refusal.detail(), 1).toBuilder()
                        .setMemberKey(0);
        alerts.forEach(alert -> result.addAlerts(ResultMapper.alert(alert.reward(), alert.count())));
        SimulateReceiptResponse.Builder to =
                SimulateReceiptResponse.newBuilder().setResult(result);
        effects.forEach(effect -> to.addEffects(RuleEffect.newBuilder()
                .setRuleId(effect.ruleId())
                .setPurseId(effect.purseId())
                .setMoney(effect.money())
                .setMicro(effect.micro())
                .setPriceMinor(effect.priceMinor())));
        return to.build();
    }

    private Simulation simulate(
            PublishedProgramme programme, ReceiptColumns receipt, org.assidu.proto.v1.SupposedMember from) {
        int month = from.getBirthdayMonth();
        int day = from.getBirthdayDay();
        boolean known = month != 0 || day != 0;
        // 2000 is a leap year.
        if (known
                && (month < 1
                        || month > 12
                        || day < 1
                        || day > YearMonth.of(2000, month).lengthOfMonth())) {
            throw GrpcErrors.invalidArgument(
                    "member.birthday_day",
                    "month " + month + ", day " + day + "; send a day that months have, or none");
        }
        SupposedMember member = new SupposedMember(
                from.getTier(), List.copyOf(from.getClubsList()), List.copyOf(from.getTagsList()), month * 100 + day);
        try {
            return pipeline.simulate(programme, receipt, member);
        } catch (IllegalArgumentException e) {
            throw GrpcErrors.invalidArgument("member", String.valueOf(e.getMessage()));
        }
    }

    private static PublishProgrammeResponse published(PublicationAnswer answer, ParsedProgramme parsed) {
        PublishProgrammeResponse.Builder to =
                PublishProgrammeResponse.newBuilder().setPosition(answer.position());
        for (Problem problem : answer.problems()) {
            to.addProblems(problem(parsed.locate(problem)));
        }
        ProgrammeVersion version = answer.version();
        if (version != null) {
            to.setPublished(version(version));
        }
        return to.build();
    }

    /** @param number 0 = the newest */
    private static ProgrammeVersion version(List<ProgrammeVersion> versions, int number) {
        if (versions.isEmpty()) {
            throw GrpcErrors.notFound("PROGRAMME_UNKNOWN", "no programme is published yet: publish one first");
        }
        int index = number == 0 ? versions.size() - 1 : number - 1;
        if (index < 0 || index >= versions.size()) {
            throw GrpcErrors.notFound(
                    "PROGRAMME_UNKNOWN",
                    "version " + number + " of " + versions.size() + "; ask for 1 to " + versions.size()
                            + ", or 0 for the newest");
        }
        return versions.get(index);
    }

    private static org.assidu.proto.v1.ProgrammeVersion version(ProgrammeVersion from) {
        PublishedProgramme programme = from.programme();
        return org.assidu.proto.v1.ProgrammeVersion.newBuilder()
                .setProgrammeId(programme.document().id())
                .setVersion(programme.version())
                .setSha256(programme.sha256())
                .setEffectiveFromMillis(programme.document().effectiveFromMillis())
                .setPublishedAtMillis(from.publishedAtMillis())
                .build();
    }

    private static DescribeProgrammeResponse description(
            org.assidu.accrual.model.ProgrammeDocument document, String language) {
        return DescribeProgrammeResponse.newBuilder()
                .setText(ProgrammeDescription.describe(document, language))
                .build();
    }

    private static org.assidu.proto.v1.Problem problem(Problem from) {
        return org.assidu.proto.v1.Problem.newBuilder()
                .setLine(from.line())
                .setColumn(from.column())
                .setPath(from.path())
                .setMessage(from.message())
                .build();
    }

    private static String text(ProgrammeDocument document) {
        String text = document.getText();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_TEXT_BYTES) {
            throw GrpcErrors.invalidArgument(
                    "document.text", bytes + " bytes; send a YAML or JSON text of 1 to " + MAX_TEXT_BYTES + " bytes");
        }
        return text;
    }

    private static StatusRuntimeException unreadable(List<Problem> problems) {
        StringBuilder all = new StringBuilder("the document has " + problems.size() + " problems");
        problems.forEach(problem -> all.append('\n').append(problem));
        return GrpcErrors.invalidArgument("document.text", all.toString());
    }
}
