package org.assidu.accrual.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/**
 * What tills may be told of the person behind a member, without saying it: neither name nor date.
 *
 * @param daysToBirthday 0 today, negative when it was; null = unknown
 * @param emailMissing nobody has noted an address
 */
public record TillPerson(@Nullable Integer daysToBirthday, boolean emailMissing) {
    /** Nothing is asked about the person. */
    public static final TillPerson UNASKED = new TillPerson(null, false);

    private static final int HALF_A_YEAR = 183;

    /** @param birthDate as yyyy-mm-dd; null = unknown */
    public static TillPerson of(@Nullable String birthDate, @Nullable String email, int epochDay) {
        boolean missing = email == null || email.isBlank();
        return new TillPerson(birthDate == null ? null : daysTo(birthDate, LocalDate.ofEpochDay(epochDay)), missing);
    }

    /** To the nearest birthday; who was born on 29 February has it on the 28th in other years. */
    private static @Nullable Integer daysTo(String birthDate, LocalDate today) {
        MonthDay birthday;
        try {
            birthday = MonthDay.from(LocalDate.parse(birthDate));
        } catch (DateTimeException noDate) {
            return null;
        }
        long days = birthday.atYear(today.getYear()).toEpochDay() - today.toEpochDay();
        if (days < -HALF_A_YEAR) {
            days = birthday.atYear(today.getYear() + 1).toEpochDay() - today.toEpochDay();
        } else if (days > HALF_A_YEAR) {
            days = birthday.atYear(today.getYear() - 1).toEpochDay() - today.toEpochDay();
        }
        return (int) days;
    }
}
