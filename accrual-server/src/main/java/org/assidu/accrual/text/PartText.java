package org.assidu.accrual.text;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.ProgrammePart;

/**
 * What one part of a programme says.
 *
 * @param members sentences for members
 * @param owner sentences that only the programme's owner reads, such as a budget
 */
record PartText(ProgrammePart part, List<String> members, List<String> owner) {
    PartText {
        members = List.copyOf(members);
        owner = List.copyOf(owner);
    }

    static PartText of(String section, List<String> members) {
        return new PartText(ProgrammePart.of(section), members, List.of());
    }

    List<String> all() {
        List<String> all = new ArrayList<>(members);
        all.addAll(owner);
        return all;
    }
}
