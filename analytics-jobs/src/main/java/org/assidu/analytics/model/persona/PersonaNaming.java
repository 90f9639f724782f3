package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives each persona a different name: the clearest match first. */
final class PersonaNaming {

    private record Match(int persona, PersonaName name, double affinity) {}

    private PersonaNaming() {}

    /** Names in the order of the profiles, which hold z-scores by feature key. */
    static List<PersonaName> of(List<Map<String, Double>> profiles) {
        return of(profiles, new PersonaName[profiles.size()]);
    }

    /** The same where some personas have their names already; null where not. */
    static List<PersonaName> of(List<Map<String, Double>> profiles, @Nullable PersonaName[] kept) {
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            for (PersonaName name : PersonaName.values()) {
                double affinity = name.affinity(profiles.get(i));
                if (!Double.isNaN(affinity)) {
                    matches.add(new Match(i, name, affinity));
                }
            }
        }
        matches.sort(Comparator.comparingDouble(Match::affinity)
                .reversed()
                .thenComparing(Match::name)
                .thenComparingInt(Match::persona));
        @Nullable PersonaName[] names = kept.clone();
        Set<PersonaName> taken = EnumSet.noneOf(PersonaName.class);
        for (PersonaName name : names) {
            if (name != null) {
                taken.add(name);
            }
        }
        for (Match match : matches) {
            if (names[match.persona()] == null && taken.add(match.name())) {
                names[match.persona()] = match.name();
            }
        }
        var result = new ArrayList<PersonaName>();
        for (int i = 0; i < names.length; i++) {
            PersonaName name = names[i];
            if (name == null) {
                throw new IllegalArgumentException("the vocabulary has too few names for " + names.length
                        + " personas over features " + profiles.get(i).keySet());
            }
            result.add(name);
        }
        return result;
    }
}
