package org.assidu.accrual.grpc;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assidu.accrual.directory.PersonalField;
import org.assidu.proto.v1.PersonalData;

/** What is known of a person, between contract and store. Errors name fields and never what is in them. */
final class PersonalDataMapper {
    private static final int MOST_BYTES = 200;

    private PersonalDataMapper() {}

    /** The fields that are not empty. */
    static Map<PersonalField, String> map(PersonalData from) {
        Map<PersonalField, String> to = new EnumMap<>(PersonalField.class);
        from.getAllFields().forEach((field, value) -> {
            String text = ((String) value).strip();
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                throw GrpcErrors.invalidArgument(
                        "data." + field.getName(), bytes + " bytes; send at most " + MOST_BYTES);
            }
            if (!text.isEmpty()) {
                to.put(field(field.getName(), "data"), text);
            }
        });
        if (to.containsKey(PersonalField.BIRTH_DATE)) {
            date(to.getOrDefault(PersonalField.BIRTH_DATE, ""), "data.birth_date");
        }
        return to;
    }

    /** Checks a date as yyyy-mm-dd. */
    static String date(String text, String field) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeException e) {
            throw GrpcErrors.invalidArgument(field, "not a date; send yyyy-mm-dd");
        }
    }

    static Set<PersonalField> cleared(List<String> names) {
        Set<PersonalField> fields = EnumSet.noneOf(PersonalField.class);
        names.forEach(name -> fields.add(field(name, "cleared")));
        return fields;
    }

    private static PersonalField field(String name, String where) {
        for (PersonalField field : PersonalField.values()) {
            if (field.text().equals(name)) {
                return field;
            }
        }
        throw GrpcErrors.invalidArgument(where, "\"" + name + "\" is not a field of PersonalData");
    }

    static PersonalData map(Map<PersonalField, String> from) {
        PersonalData.Builder to = PersonalData.newBuilder();
        from.forEach((field, value) -> to.setField(PersonalData.getDescriptor().findFieldByName(field.text()), value));
        return to.build();
    }
}
