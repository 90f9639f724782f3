package org.assidu.analytics.report;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.analytics.model.persona.SavedPersonas;
import org.assidu.analytics.model.persona.SavedPersonasJson;
import org.jspecify.annotations.Nullable;

/**
 * What a run is told besides what to look at.
 *
 * @param holdOutDays of customer value; null = a third of the data, at most half a year
 * @param replicates samples behind the interval of customer value; 0 = no interval
 * @param pointValue what a point is worth, in major units of the currency; null = told from the programme where it can be
 * @param goals targets by name, see {@link GoalsReport}
 * @param personas those of an earlier run
 * @param targets how target lists are cut
 */
public record Settings(
        @Nullable Integer holdOutDays,
        int replicates,
        @Nullable BigDecimal pointValue,
        Map<String, BigDecimal> goals,
        Personas personas,
        TargetRules targets) {

    /**
     * Personas of an earlier run: members are assigned to them, or new ones are found that keep the names of those they match.
     *
     * @param saved null = find personas
     */
    public record Personas(@Nullable SavedPersonas saved, boolean refit) {

        public static final Personas FIND = new Personas(null, false);

        /** Those that a run wrote; throws {@link IllegalArgumentException} with the remedy where the text is damaged. */
        public static Personas read(String text, boolean refit) {
            return new Personas(SavedPersonasJson.read(text), refit);
        }
    }

    public static final Settings DEFAULT = new Settings(null, 0, null, Map.of());

    public Settings {
        goals = Map.copyOf(new TreeMap<>(goals));
    }

    public Settings(
            @Nullable Integer holdOutDays,
            int replicates,
            @Nullable BigDecimal pointValue,
            Map<String, BigDecimal> goals) {
        this(holdOutDays, replicates, pointValue, goals, Personas.FIND, TargetRules.DEFAULT);
    }
}
