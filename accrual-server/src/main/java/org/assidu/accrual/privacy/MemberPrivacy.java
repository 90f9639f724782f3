package org.assidu.accrual.privacy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.PersonalField;
import org.assidu.accrual.directory.PersonalStore;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.accrual.pipeline.ServiceDesk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Personal data and its end. Safe for any thread; futures are completed off the caller's thread. */
public final class MemberPrivacy {
    private static final Logger LOG = LoggerFactory.getLogger(MemberPrivacy.class);
    /** Members asked about at once on the accrual thread. */
    private static final int SLICE = 256;

    private final Pipeline pipeline;
    private final PersonalStore people;
    private final LongSupplier clock;
    private final PersonFactAgent facts;
    private final ServiceDesk desk;

    /** @param clock epoch milliseconds */
    public MemberPrivacy(Pipeline pipeline, PersonalStore people, LongSupplier clock) {
        this.pipeline = pipeline;
        this.people = people;
        this.clock = clock;
        facts = new PersonFactAgent(pipeline, people);
        desk = new ServiceDesk(pipeline);
    }

    /**
     * Does again every deletion that the journal orders: a crash may have come between record and deletion, and a restored backup
     * brings back what was deleted since. Merges likewise.
     */
    public void resume() {
        Map<Long, Long> merged = desk.merged().join();
        if (!merged.isEmpty()) {
            merge(merged).join();
            LOG.info("{} members were merged into others; their identifiers lead there", merged.size());
        }
        Set<Long> erased = pipeline.erasedMembers().join();
        if (!erased.isEmpty()) {
            forget(erased).join();
            LOG.info("{} members are erased; their deletion holds", erased.size());
        }
    }

    /** Tells the engine, in the background, what rules need to know of people; what it knows already is not recorded again. */
    public void tellFacts() {
        var unused = facts.tellAll().whenComplete((people, problem) -> {
            if (problem != null) {
                LOG.warn("not everybody's birthday was told ({}); the next start tells them", problem.toString());
            }
        });
    }

    /** Opposes profiling, which ends tags and the use of the birthday, or takes that back. @return a future of the position */
    public CompletableFuture<Long> oppose(PrivacyEvent opposition) {
        return pipeline.recordPrivacy(opposition)
                .thenCompose(position -> opposition.granted()
                        ? CompletableFuture.completedFuture(position)
                        : facts.tell(opposition.memberKey()).thenApply(told -> position));
    }

    /** What is known of a member; empty = nothing. */
    public CompletableFuture<Map<PersonalField, String>> person(long memberKey) {
        return pipeline.directory(members -> people.find(memberKey));
    }

    /** Members by name. */
    public CompletableFuture<Map<Long, Map<PersonalField, String>>> named(String words) {
        return pipeline.directory(members -> {
            Map<Long, Map<PersonalField, String>> found = new java.util.TreeMap<>();
            for (long key : people.named(words)) {
                if (members.knows(key)) {
                    found.put(key, people.find(key));
                }
            }
            return found;
        });
    }

    /** Changes what is known of a member. @return what is known now; null = the member was erased meanwhile */
    public CompletableFuture<@Nullable Map<PersonalField, String>> rectify(
            long memberKey, UnaryOperator<Map<PersonalField, String>> change) {
        return pipeline.<@Nullable Map<PersonalField, String>>directory(members -> {
                    if (!members.knows(memberKey)) {
                        return null;
                    }
                    Map<PersonalField, String> changed = change.apply(people.find(memberKey));
                    people.put(memberKey, changed);
                    return changed;
                })
                .thenCompose(changed -> changed == null
                        ? CompletableFuture.completedFuture(null)
                        : facts.tell(memberKey, changed).thenApply(told -> changed));
    }

    /** Erases a member: the record is forced first, then everything is deleted. @return a future of the record's position */
    public CompletableFuture<Long> erase(long memberKey, PrivacyEvent.Action why) {
        return desk.absorbedBy(memberKey)
                .thenCompose(absorbed -> pipeline.recordPrivacy(PrivacyEvent.erasure(memberKey, why, clock.getAsLong()))
                        .thenCompose(position -> recordErased(absorbed, why)
                                .thenCompose(recorded -> forget(withAbsorbed(memberKey, absorbed)))
                                .thenApply(done -> position)));
    }

    /** Links that once led to merged keys are still in the directory's file. */
    private static Set<Long> withAbsorbed(long memberKey, List<Long> absorbed) {
        Set<Long> all = new HashSet<>(absorbed);
        all.add(memberKey);
        return all;
    }

    private CompletableFuture<Long> recordErased(List<Long> memberKeys, PrivacyEvent.Action why) {
        CompletableFuture<Long> recorded = CompletableFuture.completedFuture(0L);
        for (long key : memberKeys) {
            PrivacyEvent event = PrivacyEvent.erasure(key, why, clock.getAsLong());
            recorded = recorded.thenCompose(before -> pipeline.recordPrivacy(event));
        }
        return recorded;
    }

    /**
     * Has the directory follow merges that are recorded: identifiers lead to who lives on, who also gets what is known of the
     * other as far as it was not known, and the other's decisions about their data that are newer. May be done again.
     *
     * @param survivors of merged keys
     */
    public CompletableFuture<Void> merge(Map<Long, Long> survivors) {
        CompletableFuture<Void> moved = pipeline.<@Nullable Void>directory(members -> {
                    members.merge(survivors);
                    survivors.forEach(this::movePerson);
                    return null;
                })
                .thenAccept(done -> {});
        for (Map.Entry<Long, Long> merge : survivors.entrySet()) {
            moved = moved.thenCompose(done -> Decided.carry(pipeline, merge.getKey(), merge.getValue()));
        }
        return moved;
    }

    private void movePerson(long absorbed, long survivor) {
        Map<PersonalField, String> theirs = people.find(absorbed);
        if (!theirs.isEmpty()) {
            Map<PersonalField, String> both = new java.util.EnumMap<>(theirs);
            both.putAll(people.find(survivor));
            people.put(survivor, both);
            people.forget(absorbed);
        }
    }

    private CompletableFuture<Boolean> forget(Set<Long> memberKeys) {
        return pipeline.directory(members -> {
            memberKeys.forEach(people::forget);
            members.forget(memberKeys);
            return true;
        });
    }

    /** Members without a record since a moment. */
    public CompletableFuture<List<Long>> inactiveSince(MemberDirectory directory, long epochMillis) {
        return pipeline.positionAt(epochMillis)
                .thenCompose(position -> inactiveBefore(directory.memberKeys(), position));
    }

    private CompletableFuture<List<Long>> inactiveBefore(List<Long> members, long position) {
        CompletableFuture<List<Long>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (int from = 0; from < members.size(); from += SLICE) {
            List<Long> slice = members.subList(from, Math.min(members.size(), from + SLICE));
            all = all.thenCompose(
                    found -> pipeline.inactiveSince(slice, position).thenApply(more -> {
                        found.addAll(more);
                        return found;
                    }));
        }
        return all;
    }

    /** Erases members for want of activity: all records, then one deletion. A crash in between is made up for by {@link #resume}. */
    public CompletableFuture<Integer> eraseInactive(List<Long> memberKeys) {
        CompletableFuture<Long> recorded = CompletableFuture.completedFuture(0L);
        for (long key : memberKeys) {
            PrivacyEvent event = PrivacyEvent.erasure(key, PrivacyEvent.Action.RETENTION_ERASURE, clock.getAsLong());
            recorded = recorded.thenCompose(before -> pipeline.recordPrivacy(event));
        }
        return recorded.thenCompose(last -> forget(new HashSet<>(memberKeys))).thenApply(done -> memberKeys.size());
    }
}
