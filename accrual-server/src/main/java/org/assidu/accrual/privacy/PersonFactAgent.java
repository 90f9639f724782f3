package org.assidu.accrual.privacy;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.directory.PersonalField;
import org.assidu.accrual.directory.PersonalStore;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.pipeline.ActDesk;
import org.assidu.accrual.pipeline.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what rules need to know of people, and nothing else: month and day of the birthday, never the year, and whether the
 * profile is complete. What has not changed is not recorded again, so that all of it may be told at every start.
 */
final class PersonFactAgent {
    /** People told of at once: few beside the places of the pipeline's ring. */
    private static final int SLICE = 32;

    private final Pipeline pipeline;
    private final PersonalStore people;
    private final ActDesk acts;

    PersonFactAgent(Pipeline pipeline, PersonalStore people) {
        this.pipeline = pipeline;
        this.people = people;
        acts = new ActDesk(pipeline);
    }

    /** Tells what is known of a member now. */
    CompletableFuture<OperationStatus> tell(long memberKey, Map<PersonalField, String> person) {
        return acts.fact(memberKey, ActDesk.BIRTHDAY, birthday(person.get(PersonalField.BIRTH_DATE)))
                .thenCompose(status -> acts.fact(memberKey, ActDesk.PROFILE, isComplete(person) ? 1 : 0));
    }

    CompletableFuture<OperationStatus> tell(long memberKey) {
        return pipeline.directory(members -> people.find(memberKey)).thenCompose(person -> tell(memberKey, person));
    }

    /** Tells of everybody, a slice after the other, while there is a programme. */
    CompletableFuture<Void> tellAll() {
        return tellAfter(Long.MIN_VALUE);
    }

    private CompletableFuture<Void> tellAfter(long memberKey) {
        return pipeline.directory(members -> {
                    TreeMap<Long, Map<PersonalField, String>> found = new TreeMap<>();
                    people.memberKeysAfter(memberKey, SLICE).forEach(key -> found.put(key, people.find(key)));
                    return found;
                })
                .thenCompose(found -> tellSlice(found)
                        .thenCompose(told -> told && found.size() == SLICE
                                ? tellAfter(found.lastKey())
                                : CompletableFuture.completedFuture(null)));
    }

    /** @return false when there is no programme that could ask */
    private CompletableFuture<Boolean> tellSlice(Map<Long, Map<PersonalField, String>> found) {
        List<CompletableFuture<OperationStatus>> told = new ArrayList<>();
        found.forEach((key, person) -> told.add(tell(key, person)));
        return CompletableFuture.allOf(told.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> told.stream().noneMatch(status -> status.join() == OperationStatus.NO_PROGRAMME));
    }

    /** Month × 100 + day; 0 for none. */
    private static long birthday(@Nullable String birthDate) {
        if (birthDate == null) {
            return 0;
        }
        try {
            LocalDate date = LocalDate.parse(birthDate);
            return date.getMonthValue() * 100L + date.getDayOfMonth();
        } catch (DateTimeParseException noDate) {
            return 0;
        }
    }

    /** Names, birthday, and a way to write. */
    private static boolean isComplete(Map<PersonalField, String> person) {
        return person.containsKey(PersonalField.GIVEN_NAME)
                && person.containsKey(PersonalField.FAMILY_NAME)
                && person.containsKey(PersonalField.BIRTH_DATE)
                && (person.containsKey(PersonalField.EMAIL) || person.containsKey(PersonalField.PHONE));
    }
}
