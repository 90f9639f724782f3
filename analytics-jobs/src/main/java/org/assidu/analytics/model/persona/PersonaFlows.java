package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How members went from persona to persona between two days: the links of a Sankey diagram. Both days must be by the same
 * personas ({@link SavedPersonas#assign}), or a change of rules would look like a move of members.
 *
 * @param flows by persona before, then by persona now, arrivals first and departures last; none is empty
 */
public record PersonaFlows(List<Flow> flows) {

    /**
     * Members on one way.
     *
     * @param from null for members who were not there before
     * @param to null for members who are no longer there
     */
    public record Flow(@Nullable PersonaName from, @Nullable PersonaName to, int members) {}

    public PersonaFlows {
        flows = List.copyOf(flows);
    }

    public static PersonaFlows between(PersonaAssignment before, PersonaAssignment now) {
        // Ordinals, with 0 for absent: a map of enums has no null key.
        Map<Integer, Integer> counts = new TreeMap<>();
        int stride = PersonaName.values().length + 1;
        var members = new TreeSet<>(before.byMember().keySet());
        members.addAll(now.byMember().keySet());
        for (String member : members) {
            int from = number(before.byMember().get(member));
            int to = number(now.byMember().get(member));
            // Departures after all arrivals in a persona.
            counts.merge(from * stride + (to == 0 ? stride - 1 : to - 1), 1, Integer::sum);
        }
        List<Flow> flows = new ArrayList<>();
        counts.forEach((way, count) -> {
            int to = way % stride + 1;
            flows.add(new Flow(name(way / stride), to == stride ? null : name(to), count));
        });
        return new PersonaFlows(flows);
    }

    /** Members there on both days. */
    public int stayed() {
        return count(true, true);
    }

    public int arrived() {
        return count(false, true);
    }

    public int left() {
        return count(true, false);
    }

    /** Share of members there on both days whose persona is another now; NaN without such a member. */
    public double moved() {
        int moved = flows.stream()
                .filter(flow -> flow.from() != null && flow.to() != null && flow.from() != flow.to())
                .mapToInt(Flow::members)
                .sum();
        return stayed() == 0 ? Double.NaN : (double) moved / stayed();
    }

    private int count(boolean before, boolean now) {
        return flows.stream()
                .filter(flow -> (flow.from() != null) == before && (flow.to() != null) == now)
                .mapToInt(Flow::members)
                .sum();
    }

    private static int number(@Nullable PersonaName name) {
        return name == null ? 0 : name.ordinal() + 1;
    }

    private static @Nullable PersonaName name(int number) {
        return number == 0 ? null : PersonaName.values()[number - 1];
    }
}
