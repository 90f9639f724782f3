package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the old and the new values of one part, and remembers whether any became worse for a member. */
final class Worsening {
    private boolean found;

    boolean found() {
        return found;
    }

    Worsening when(boolean worse) {
        found |= worse;
        return this;
    }

    /** Worse when smaller. */
    Worsening less(BigDecimal old, BigDecimal next) {
        return when(next.compareTo(old) < 0);
    }

    /** Worse when larger. */
    Worsening more(BigDecimal old, BigDecimal next) {
        return when(next.compareTo(old) > 0);
    }

    Worsening less(long old, long next) {
        return when(next < old);
    }

    Worsening more(long old, long next) {
        return when(next > old);
    }

    /** A duration or a number of times of which 0 means without end. */
    Worsening lessOfUnlimited(long old, long next) {
        return when(next != 0 && (old == 0 || next < old));
    }

    /** A limit that may be absent: worse when there is one where there was none, or a lower one. */
    <T extends Comparable<? super T>> Worsening limit(@Nullable T old, @Nullable T next) {
        return when(next != null && (old == null || next.compareTo(old) < 0));
    }

    /** A threshold to reach that may be absent: worse when there is one where there was none, or a higher one. */
    <T extends Comparable<? super T>> Worsening threshold(@Nullable T old, @Nullable T next) {
        return when(next != null && (old == null || next.compareTo(old) > 0));
    }

    /** A span of days of which either end may be open. */
    Worsening days(
            @Nullable LocalDate oldFirst,
            @Nullable LocalDate oldLast,
            @Nullable LocalDate nextFirst,
            @Nullable LocalDate nextLast) {
        return threshold(oldFirst, nextFirst).limit(oldLast, nextLast);
    }

    /** A condition "one of these", of which none means all: worse when something is no longer in it. */
    Worsening selection(List<?> old, List<?> next) {
        return when(!next.isEmpty() && (old.isEmpty() || !new HashSet<>(next).containsAll(old)));
    }

    /** A list of what is given: worse when something is missing. */
    Worsening given(List<?> old, List<?> next) {
        return when(!new HashSet<>(next).containsAll(old));
    }

    /** A list of what is excluded: worse when there is more in it. */
    Worsening excluded(List<?> old, List<?> next) {
        return when(!new HashSet<>(old).containsAll(next));
    }

    /** Of which nobody can say that it is never worse. */
    Worsening changed(@Nullable Object old, @Nullable Object next) {
        return when(!Objects.equals(old, next));
    }
}
