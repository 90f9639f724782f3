package org.assidu.accrual.privacy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.PrivacyFact;

/** The newest decision of a member for each purpose, and about profiling, with the position of its record. */
final class Decided {
    /** Beside the purposes of consents, which begin at 1. */
    private static final int OPPOSITION = 0;

    private record At(long position, PrivacyEvent event) {}

    private final Map<Integer, At> newest = new TreeMap<>();

    private Decided(long memberKey, List<PrivacyFact> facts) {
        for (PrivacyFact fact : facts) {
            MemberEnrolment enrolment = fact.enrolment();
            if (enrolment != null) {
                for (MemberEnrolment.Consent consent : enrolment.consents()) {
                    newest.put(consent.purpose(), new At(fact.position(), event(memberKey, consent)));
                }
            }
            PrivacyEvent event = fact.event();
            if (event != null && event.action() == PrivacyEvent.Action.CONSENT) {
                newest.put(event.purpose(), new At(fact.position(), of(memberKey, event)));
            } else if (event != null && event.action() == PrivacyEvent.Action.OPPOSITION) {
                newest.put(OPPOSITION, new At(fact.position(), of(memberKey, event)));
            }
        }
    }

    /** Records for a survivor those decisions of a merged member that are newer than its own; again, that is none. */
    static CompletableFuture<Void> carry(Pipeline pipeline, long absorbed, long survivor) {
        return pipeline.ownPrivacyFacts(absorbed)
                .thenCombine(pipeline.ownPrivacyFacts(survivor), (theirs, own) -> {
                    Decided of = new Decided(survivor, own);
                    Decided other = new Decided(survivor, theirs);
                    other.newest.keySet().removeIf(what -> {
                        At known = of.newest.get(what);
                        At theirsAt = other.newest.get(what);
                        return known != null && theirsAt != null && known.position > theirsAt.position;
                    });
                    return other;
                })
                .thenCompose(newer -> {
                    CompletableFuture<Long> recorded = CompletableFuture.completedFuture(0L);
                    for (At at : newer.newest.values()) {
                        recorded = recorded.thenCompose(before -> pipeline.recordPrivacy(at.event));
                    }
                    return recorded.thenAccept(last -> {});
                });
    }

    private static PrivacyEvent event(long memberKey, MemberEnrolment.Consent consent) {
        return new PrivacyEvent(
                memberKey,
                PrivacyEvent.Action.CONSENT,
                consent.purpose(),
                consent.granted(),
                consent.wordingVersion(),
                consent.channel(),
                consent.givenAtMillis());
    }

    private static PrivacyEvent of(long memberKey, PrivacyEvent event) {
        return new PrivacyEvent(
                memberKey,
                event.action(),
                event.purpose(),
                event.granted(),
                event.wordingVersion(),
                event.channel(),
                event.givenAtMillis());
    }
}
