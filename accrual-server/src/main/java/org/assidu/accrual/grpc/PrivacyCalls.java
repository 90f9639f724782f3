package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.PersonalField;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PrivacyFact;
import org.assidu.accrual.privacy.MemberPrivacy;
import org.assidu.proto.v1.ApplyRetentionRequest;
import org.assidu.proto.v1.ApplyRetentionResponse;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ExportMemberResponse;
import org.assidu.proto.v1.FindMembersRequest;
import org.assidu.proto.v1.FindMembersResponse;
import org.assidu.proto.v1.FoundMember;
import org.assidu.proto.v1.GetProfileResponse;
import org.assidu.proto.v1.MemberFact;
import org.assidu.proto.v1.Purse;
import org.assidu.proto.v1.RectifyMemberRequest;
import org.assidu.proto.v1.RectifyMemberResponse;
import org.jspecify.annotations.Nullable;

/** What the member service answers about people and their data. Members are known by key here. */
final class PrivacyCalls {
    private static final int RECEIPTS_A_PAGE = 50;
    private static final int MOST_MONTHS = 1_200;

    private final Pipeline pipeline;
    private final MemberDirectory directory;
    private final MemberPrivacy privacy;
    private final LongSupplier clock;

    PrivacyCalls(Pipeline pipeline, MemberDirectory directory, MemberPrivacy privacy, LongSupplier clock) {
        this.pipeline = pipeline;
        this.directory = directory;
        this.privacy = privacy;
        this.clock = clock;
    }

    CompletableFuture<FindMembersResponse> find(FindMembersRequest request) {
        String birthDate =
                request.getBirthDate().isEmpty() ? "" : PersonalDataMapper.date(request.getBirthDate(), "birth_date");
        if (request.getName().isBlank()) {
            throw GrpcErrors.invalidArgument("name", "empty; send one or more names");
        }
        return privacy.named(request.getName()).thenApply(found -> {
            FindMembersResponse.Builder to = FindMembersResponse.newBuilder();
            found.forEach((key, person) -> {
                if (birthDate.isEmpty() || birthDate.equals(person.get(PersonalField.BIRTH_DATE))) {
                    to.addMembers(FoundMember.newBuilder().setMemberKey(key).setData(PersonalDataMapper.map(person)));
                }
            });
            return to.build();
        });
    }

    CompletableFuture<GetProfileResponse> profile(long memberKey) {
        return privacy.person(memberKey)
                .thenCombine(pipeline.privacyFacts(memberKey), (person, facts) -> {
                    GetProfileResponse.Builder to = GetProfileResponse.newBuilder()
                            .setMemberKey(memberKey)
                            .setData(PersonalDataMapper.map(person));
                    decided(facts, to);
                    directory.kindsOf(memberKey).forEach(kind -> to.addIdentifierKinds(kind.name()));
                    return to;
                })
                .thenCombine(pipeline.member(memberKey), (to, member) -> {
                    member.purses()
                            .forEach(purse -> to.addPurses(Purse.newBuilder()
                                    .setPurseId(purse.purseId())
                                    .setBalanceMicro(purse.balanceMicro())));
                    return to.build();
                });
    }

    /** The newest decision of each kind. */
    private static void decided(List<PrivacyFact> facts, GetProfileResponse.Builder to) {
        Map<Integer, Consent> consents = new TreeMap<>();
        for (PrivacyFact fact : facts) {
            MemberFact.Builder said = fact(fact);
            said.getConsentsList().forEach(consent -> consents.put(consent.getPurposeValue(), consent));
            PrivacyEvent event = fact.event();
            if (event != null && event.action() == PrivacyEvent.Action.OPPOSITION) {
                to.setProfilingOpposed(event.granted());
            }
        }
        to.addAllConsents(consents.values());
    }

    private static MemberFact.Builder fact(PrivacyFact from) {
        MemberFact.Builder to =
                MemberFact.newBuilder().setPosition(from.position()).setRecordedAtMillis(from.timeMillis());
        MemberEnrolment enrolment = from.enrolment();
        PrivacyEvent event = from.event();
        if (enrolment != null) {
            to.setKind("ENROLMENT").setTermsVersion(enrolment.termsVersion());
            if (enrolment.store() != null) {
                to.setStore(enrolment.store());
            }
            for (MemberEnrolment.Consent consent : enrolment.consents()) {
                to.addConsents(Consent.newBuilder()
                        .setPurposeValue(consent.purpose())
                        .setGranted(consent.granted())
                        .setWordingVersion(consent.wordingVersion())
                        .setChannelValue(consent.channel().code())
                        .setGivenAtMillis(consent.givenAtMillis()));
            }
        }
        if (event != null) {
            to.setKind(event.action().name());
            if (event.action() == PrivacyEvent.Action.CONSENT) {
                to.addConsents(Consent.newBuilder()
                        .setPurposeValue(event.purpose())
                        .setGranted(event.granted())
                        .setWordingVersion(event.wordingVersion())
                        .setChannelValue(event.channel().code())
                        .setGivenAtMillis(event.givenAtMillis()));
            } else {
                to.setOpposed(event.granted());
            }
        }
        return to;
    }

    CompletableFuture<RectifyMemberResponse> rectify(long memberKey, RectifyMemberRequest request) {
        var cleared = PersonalDataMapper.cleared(request.getClearedList());
        Map<PersonalField, String> fresh = PersonalDataMapper.map(request.getData());
        return privacy.rectify(memberKey, before -> {
                    Map<PersonalField, String> after = new EnumMap<>(PersonalField.class);
                    after.putAll(before);
                    after.keySet().removeAll(cleared);
                    after.putAll(fresh);
                    return after;
                })
                .thenApply(now -> {
                    if (now == null) {
                        throw KnownMembers.unknown();
                    }
                    return RectifyMemberResponse.newBuilder()
                            .setMemberKey(memberKey)
                            .setData(PersonalDataMapper.map(now))
                            .build();
                });
    }

    /** @return the position of the last of them */
    CompletableFuture<Long> consents(long memberKey, List<MemberEnrolment.Consent> consents) {
        CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
        for (MemberEnrolment.Consent consent : consents) {
            PrivacyEvent event = new PrivacyEvent(
                    memberKey,
                    PrivacyEvent.Action.CONSENT,
                    consent.purpose(),
                    consent.granted(),
                    consent.wordingVersion(),
                    consent.channel(),
                    consent.givenAtMillis());
            last = last.thenCompose(before -> pipeline.recordPrivacy(event));
        }
        return last;
    }

    CompletableFuture<Long> oppose(long memberKey, boolean opposed, Channel channel) {
        return privacy.oppose(new PrivacyEvent(
                memberKey, PrivacyEvent.Action.OPPOSITION, 0, opposed, "", channel, clock.getAsLong()));
    }

    CompletableFuture<Long> erase(long memberKey) {
        return privacy.erase(memberKey, PrivacyEvent.Action.ERASURE);
    }

    CompletableFuture<ApplyRetentionResponse> applyRetention(ApplyRetentionRequest request) {
        int months = request.getInactiveMonths();
        if (months < 1 || months > MOST_MONTHS) {
            throw GrpcErrors.invalidArgument("inactive_months", months + "; send 1 to " + MOST_MONTHS);
        }
        long since = Instant.ofEpochMilli(clock.getAsLong())
                .atZone(ZoneOffset.UTC)
                .minus(months, ChronoUnit.MONTHS)
                .toInstant()
                .toEpochMilli();
        return privacy.inactiveSince(directory, since)
                .thenCompose(inactive -> request.getDryRun()
                        ? CompletableFuture.completedFuture(inactive.size())
                        : privacy.eraseInactive(inactive))
                .thenApply(members ->
                        ApplyRetentionResponse.newBuilder().setMembers(members).build());
    }

    /** Everything that is held, a page of receipts at a time, as fast as the client reads. */
    void export(CompletableFuture<Long> member, StreamObserver<ExportMemberResponse> observer) {
        Export export = new Export((ServerCallStreamObserver<ExportMemberResponse>) observer);
        export.call.setOnReadyHandler(export::onReady);
        export.call.setOnCancelHandler(export::onReady);
        member.whenComplete((key, problem) -> {
            if (problem != null) {
                Answers.fail(observer, problem);
            } else {
                export(key, export);
            }
        });
    }

    private void export(long memberKey, Export export) {
        export.memberKey = memberKey;
        profile(memberKey)
                .thenCombine(pipeline.privacyFacts(memberKey), (profile, facts) -> {
                    export.send(ExportMemberResponse.newBuilder().setProfile(profile));
                    facts.forEach(fact ->
                            export.send(ExportMemberResponse.newBuilder().setFact(fact(fact))));
                    return true;
                })
                .whenComplete((sent, problem) -> export.next(problem, 0));
    }

    private final class Export {
        private long memberKey;
        private final ServerCallStreamObserver<ExportMemberResponse> call;
        private volatile CompletableFuture<Void> waiting = new CompletableFuture<>();

        Export(ServerCallStreamObserver<ExportMemberResponse> call) {
            this.call = call;
        }

        void send(ExportMemberResponse.Builder part) {
            if (!call.isCancelled()) {
                call.onNext(part.build());
            }
        }

        void next(@Nullable Throwable problem, long before) {
            if (problem != null) {
                Answers.fail(call, problem);
            } else if (!call.isCancelled()) {
                pipeline.receipts(memberKey, RECEIPTS_A_PAGE, before).whenComplete((page, failure) -> {
                    if (failure != null) {
                        Answers.fail(call, failure);
                        return;
                    }
                    page.receipts()
                            .forEach(receipt ->
                                    send(ExportMemberResponse.newBuilder().setReceipt(HeldReceiptMapper.map(receipt))));
                    if (page.nextBeforePosition() == 0) {
                        call.onCompleted();
                    } else {
                        whenRead(() -> next(null, page.nextBeforePosition()));
                    }
                });
            }
        }

        /** Runs something once the client has read enough of what was sent. */
        private void whenRead(Runnable then) {
            CompletableFuture<Void> ready = new CompletableFuture<>();
            waiting = ready;
            if (call.isReady()) {
                ready.complete(null);
            }
            ready.thenRun(then);
        }

        void onReady() {
            waiting.complete(null);
        }
    }
}
