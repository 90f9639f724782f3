package org.assidu.analytics.report;

import org.assidu.analytics.features.Features;
import org.assidu.analytics.model.persona.FeatureMatrix;
import org.assidu.analytics.model.persona.PersonaModel;
import org.assidu.analytics.model.persona.PersonaSearch;
import org.assidu.analytics.model.persona.SavedPersonas;
import org.assidu.analytics.model.persona.SavedPersonasJson;
import org.jspecify.annotations.Nullable;

/**
 * The personas of a run: found in it, or those of an earlier run with today's members in them.
 *
 * @param saved what the next run goes on from
 * @param earlier the personas of an earlier run over other data, that this one used or replaced; null without
 * @param refitted found anew in this run although there were earlier ones
 */
public record PersonaRun(
        FeatureMatrix members,
        PersonaModel model,
        SavedPersonas saved,
        @Nullable SavedPersonas earlier,
        boolean refitted) {

    private static final long SEED = 17;

    /** What the next run goes on from, as {@link Settings.Personas#read} takes it. */
    public String text() {
        return SavedPersonasJson.write(saved);
    }

    /** Members are enough for it. */
    static PersonaRun of(Features features, FeatureMatrix members, Settings.Personas choice) {
        SavedPersonas saved = choice.saved();
        long position = features.scope().position();
        boolean ofThisData = saved != null && saved.position() == position;
        PersonaModel model;
        if (saved == null) {
            model = new PersonaSearch(members, SEED).fit();
        } else if (choice.refit() && !ofThisData) {
            model = new PersonaSearch(members, SEED).refit(saved);
        } else {
            model = PersonaModel.assigned(members, saved);
        }
        return new PersonaRun(
                members,
                model,
                model.saved(features.scope().lastDate().toString(), position),
                ofThisData ? null : saved,
                choice.refit() && !ofThisData && saved != null);
    }
}
