package org.assidu.accrual.grpc;

import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.pipeline.EnrolmentRequest;
import org.assidu.accrual.pipeline.Explanation;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ProgrammeVersion;
import org.assidu.accrual.pipeline.ReceiptIdentity;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.proto.v1.ApplyRetentionRequest;
import org.assidu.proto.v1.ApplyRetentionResponse;
import org.assidu.proto.v1.ChangeConsentsRequest;
import org.assidu.proto.v1.ChangeConsentsResponse;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.EnrolRequest;
import org.assidu.proto.v1.EnrolResponse;
import org.assidu.proto.v1.EraseMemberRequest;
import org.assidu.proto.v1.EraseMemberResponse;
import org.assidu.proto.v1.ExplainReceiptRequest;
import org.assidu.proto.v1.ExplainReceiptResponse;
import org.assidu.proto.v1.ExportMemberRequest;
import org.assidu.proto.v1.ExportMemberResponse;
import org.assidu.proto.v1.FindMembersRequest;
import org.assidu.proto.v1.FindMembersResponse;
import org.assidu.proto.v1.GetProfileRequest;
import org.assidu.proto.v1.GetProfileResponse;
import org.assidu.proto.v1.GetReceiptTextRequest;
import org.assidu.proto.v1.GetReceiptTextResponse;
import org.assidu.proto.v1.GetStatementRequest;
import org.assidu.proto.v1.GetStatementResponse;
import org.assidu.proto.v1.JoinClubRequest;
import org.assidu.proto.v1.JoinClubResponse;
import org.assidu.proto.v1.LeaveClubRequest;
import org.assidu.proto.v1.LeaveClubResponse;
import org.assidu.proto.v1.LinkIdentifierRequest;
import org.assidu.proto.v1.LinkIdentifierResponse;
import org.assidu.proto.v1.LookUpRequest;
import org.assidu.proto.v1.LookUpResponse;
import org.assidu.proto.v1.OpposeProfilingRequest;
import org.assidu.proto.v1.OpposeProfilingResponse;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.assidu.proto.v1.RectifyMemberResponse;
import org.jspecify.annotations.Nullable;

/** What tills, apps and the service desk ask and say about members. */
public final class MemberGrpcService extends DeskGrpcService {
    private static final int MAX_IDENTIFIERS = 10;
    private static final int MAX_CONSENTS = 20;
    private static final int MAX_TEXT_BYTES = 64;
    private static final int DEFAULT_ENTRIES = 100;
    private static final int MAX_ENTRIES = 1_000;

    private final Pipeline pipeline;
    private final KnownMembers members;
    private final BlockingCalls blocking;
    private final PrivacyCalls privacy;
    private final TextCalls texts;
    private final ClubCalls clubs;

    /** @param clock epoch milliseconds */
    public MemberGrpcService(
            Pipeline pipeline,
            MemberDirectory directory,
            BlockingCalls blocking,
            MemberPrivacy privacy,
            LongSupplier clock) {
        super(pipeline, directory, privacy);
        this.pipeline = pipeline;
        members = new KnownMembers(pipeline, directory);
        this.blocking = blocking;
        this.privacy = new PrivacyCalls(pipeline, directory, privacy, clock);
        texts = new TextCalls(pipeline, privacy);
        clubs = new ClubCalls(pipeline, members);
    }

    @Override
    public void enrol(EnrolRequest request, StreamObserver<EnrolResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer,
                        pipeline.enrol(enrolment(request)),
                        answer -> EnrolResponse.newBuilder()
                                .setMemberKey(answer.memberKey())
                                .setCreated(answer.created())
                                .setPosition(answer.position())
                                .build()));
    }

    @Override
    public void lookUp(LookUpRequest request, StreamObserver<LookUpResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer,
                        members.key(request.getMember()).thenCompose(key -> texts.lookUp(key, request.getLanguage())),
                        answer -> answer));
    }

    @Override
    public void joinClub(JoinClubRequest request, StreamObserver<JoinClubResponse> observer) {
        Answers.guarded(observer, () -> Answers.answer(observer, clubs.join(request), answer -> answer));
    }

    @Override
    public void leaveClub(LeaveClubRequest request, StreamObserver<LeaveClubResponse> observer) {
        Answers.guarded(observer, () -> Answers.answer(observer, clubs.leave(request), answer -> answer));
    }

    @Override
    public void linkIdentifier(LinkIdentifierRequest request, StreamObserver<LinkIdentifierResponse> observer) {
        Answers.guarded(observer, () -> {
            var added = KnownMembers.required(MemberMapper.identifier(request.getAdded(), "added"), "added");
            CompletableFuture<Long> linked = members.key(request.getMember())
                    .thenCompose(key -> pipeline.directory(known -> {
                        known.link(key, added);
                        return key;
                    }));
            Answers.answer(
                    observer,
                    linked,
                    key -> LinkIdentifierResponse.newBuilder().setMemberKey(key).build());
        });
    }

    @Override
    public void explainReceipt(ExplainReceiptRequest request, StreamObserver<ExplainReceiptResponse> observer) {
        Answers.guarded(observer, () -> {
            ReceiptIdentity identity = ClaimCalls.identity(request.getReceipt());
            CompletableFuture<Explained> explained = pipeline.explain(identity).thenCompose(explanation -> {
                if (explanation == null) {
                    throw GrpcErrors.notFound(
                            "RECEIPT_UNKNOWN",
                            "no closed receipt has this identity: check store, till, series and number; an open receipt"
                                    + " is explained once it is closed");
                }
                return pipeline.programmes().thenApply(versions -> new Explained(explanation, versions));
            });
            blocking.answerLater(
                    observer,
                    explained,
                    both -> ExplanationMapper.map(request.getReceipt(), both.explanation(), both.programme()));
        });
    }

    @Override
    public void getReceiptText(GetReceiptTextRequest request, StreamObserver<GetReceiptTextResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer,
                        texts.receipt(ClaimCalls.identity(request.getReceipt()), request.getLanguage()),
                        answer -> answer));
    }

    @Override
    public void getStatement(GetStatementRequest request, StreamObserver<GetStatementResponse> observer) {
        Answers.guarded(observer, () -> {
            int limit = request.getLimit() == 0 ? DEFAULT_ENTRIES : request.getLimit();
            if (limit < 1 || limit > MAX_ENTRIES) {
                throw GrpcErrors.invalidArgument("limit", limit + "; send 1 to " + MAX_ENTRIES + ", or 0 for 100");
            }
            if (request.getBeforePosition() < 0) {
                throw GrpcErrors.invalidArgument(
                        "before_position", request.getBeforePosition() + "; send 0 or what the last page returned");
            }
            blocking.answerLater(
                    observer,
                    members.key(request.getMember())
                            .thenCompose(key -> pipeline.statement(key, limit, request.getBeforePosition())),
                    MemberAnswers::statement);
        });
    }

    @Override
    public void findMembers(FindMembersRequest request, StreamObserver<FindMembersResponse> observer) {
        Answers.guarded(observer, () -> Answers.answer(observer, privacy.find(request), found -> found));
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer, members.key(request.getMember()).thenCompose(privacy::profile), profile -> profile));
    }

    @Override
    public void rectifyMember(RectifyMemberRequest request, StreamObserver<RectifyMemberResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer,
                        members.key(request.getMember()).thenCompose(key -> privacy.rectify(key, request)),
                        rectified -> rectified));
    }

    @Override
    public void changeConsents(ChangeConsentsRequest request, StreamObserver<ChangeConsentsResponse> observer) {
        Answers.guarded(observer, () -> {
            if (request.getConsentsCount() < 1 || request.getConsentsCount() > MAX_CONSENTS) {
                throw GrpcErrors.invalidArgument(
                        "consents", request.getConsentsCount() + "; send 1 to " + MAX_CONSENTS);
            }
            List<MemberEnrolment.Consent> consents = new ArrayList<>();
            for (int c = 0; c < request.getConsentsCount(); c++) {
                consents.add(consent(request.getConsents(c), "consents[" + c + "]."));
            }
            Answers.answer(
                    observer,
                    members.key(request.getMember())
                            .thenCompose(key -> privacy.consents(key, consents)
                                    .thenApply(position -> ChangeConsentsResponse.newBuilder()
                                            .setMemberKey(key)
                                            .setPosition(position)
                                            .build())),
                    changed -> changed);
        });
    }

    @Override
    public void opposeProfiling(OpposeProfilingRequest request, StreamObserver<OpposeProfilingResponse> observer) {
        Answers.guarded(observer, () -> {
            Channel channel = channel(request.getChannelValue(), "channel");
            Answers.answer(
                    observer,
                    members.key(request.getMember())
                            .thenCompose(key -> privacy.oppose(key, request.getOpposed(), channel)
                                    .thenApply(position -> OpposeProfilingResponse.newBuilder()
                                            .setMemberKey(key)
                                            .setPosition(position)
                                            .build())),
                    opposed -> opposed);
        });
    }

    @Override
    public void exportMember(ExportMemberRequest request, StreamObserver<ExportMemberResponse> observer) {
        Answers.guarded(observer, () -> privacy.export(members.key(request.getMember()), observer));
    }

    @Override
    public void eraseMember(EraseMemberRequest request, StreamObserver<EraseMemberResponse> observer) {
        Answers.guarded(
                observer,
                () -> Answers.answer(
                        observer,
                        members.key(request.getMember()).thenCompose(privacy::erase),
                        position -> EraseMemberResponse.newBuilder()
                                .setPosition(position)
                                .build()));
    }

    @Override
    public void applyRetention(ApplyRetentionRequest request, StreamObserver<ApplyRetentionResponse> observer) {
        Answers.guarded(observer, () -> Answers.answer(observer, privacy.applyRetention(request), applied -> applied));
    }

    private static EnrolmentRequest enrolment(EnrolRequest request) {
        int identifiers = request.getIdentifiersCount();
        if (identifiers < 1 || identifiers > MAX_IDENTIFIERS) {
            throw GrpcErrors.invalidArgument("identifiers", identifiers + "; send 1 to " + MAX_IDENTIFIERS);
        }
        if (request.getConsentsCount() > MAX_CONSENTS) {
            throw GrpcErrors.invalidArgument("consents", request.getConsentsCount() + "; send at most " + MAX_CONSENTS);
        }
        List<org.assidu.accrual.directory.Identifier> to = new ArrayList<>();
        for (int i = 0; i < identifiers; i++) {
            String field = "identifiers[" + i + "]";
            to.add(KnownMembers.required(MemberMapper.identifier(request.getIdentifiers(i), field), field));
        }
        List<MemberEnrolment.Consent> consents = new ArrayList<>();
        for (int c = 0; c < request.getConsentsCount(); c++) {
            consents.add(consent(request.getConsents(c), "consents[" + c + "]."));
        }
        return new EnrolmentRequest(
                to,
                channel(request.getChannelValue(), "channel"),
                request.getStore().isEmpty() ? null : text(request.getStore(), "store"),
                text(request.getTermsVersion(), "terms_version"),
                consents);
    }

    static MemberEnrolment.Consent consent(Consent from, String field) {
        if (from.getPurpose() == ConsentPurpose.UNRECOGNIZED
                || from.getPurpose() == ConsentPurpose.CONSENT_PURPOSE_UNSPECIFIED) {
            throw GrpcErrors.invalidArgument(
                    field + "purpose", from.getPurposeValue() + "; send one of the purposes of the contract");
        }
        return new MemberEnrolment.Consent(
                from.getPurposeValue(),
                from.getGranted(),
                text(from.getWordingVersion(), field + "wording_version"),
                channel(from.getChannelValue(), field + "channel"),
                from.getGivenAtMillis());
    }

    static Channel channel(int code, String field) {
        if (code < 0 || code >= Channel.values().length) {
            throw GrpcErrors.invalidArgument(field, code + "; send 0 to " + (Channel.values().length - 1));
        }
        return Channel.ofCode(code);
    }

    private static String text(String value, String field) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_TEXT_BYTES) {
            throw GrpcErrors.invalidArgument(field, bytes + " bytes; send at most " + MAX_TEXT_BYTES);
        }
        return value;
    }

    private record Explained(Explanation explanation, List<ProgrammeVersion> versions) {
        @Nullable
        PublishedProgramme programme() {
            int version = explanation.recorded().outcome().programmeVersion;
            return versions.stream()
                    .map(ProgrammeVersion::programme)
                    .filter(programme -> programme.version() == version)
                    .findFirst()
                    .orElse(null);
        }
    }
}
