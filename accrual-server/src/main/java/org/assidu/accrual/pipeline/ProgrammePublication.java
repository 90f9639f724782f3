package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;

/** A request to publish, checked: the record to append, or the version that exists already, or problems. */
sealed interface ProgrammePublication {

    /** To be appended and applied. */
    record Next(PublishedProgramme published, Programme compiled, ProgrammeRecord record)
            implements ProgrammePublication {}

    /** The newest version has the same content. */
    record Unchanged(ProgrammeVersion version) implements ProgrammePublication {}

    /** May not be published. */
    record Refused(List<Problem> problems) implements ProgrammePublication {}

    static ProgrammePublication prepare(
            PublicationRequest request, ProgrammeShelf shelf, AccrualEngine engine, long nowMillis) {
        ProgrammeVersion newest = shelf.newest();
        if (newest != null && newest.programme().sha256().equals(request.sha256())) {
            return new Unchanged(newest);
        }
        int version = shelf.versions().size() + 1;
        ProgrammeCompiler.Compilation compilation = ProgrammeCompiler.compile(version, request.document());
        List<Problem> problems = new ArrayList<>(compilation.problems());
        problems.addAll(engine.publicationProblems(request.document(), nowMillis));
        Programme compiled = compilation.programme();
        if (compiled == null || !problems.isEmpty()) {
            return new Refused(problems);
        }
        PublishedProgramme published = new PublishedProgramme(
                version, request.sha256(), request.canonicalText(), request.sourceText(), request.document());
        return new Next(published, compiled, recordOf(published, compiled, shelf));
    }

    private static ProgrammeRecord recordOf(PublishedProgramme published, Programme compiled, ProgrammeShelf shelf) {
        List<String> rules = new ArrayList<>();
        for (int rule = 0; rule < compiled.rules(); rule++) {
            rules.add(compiled.ruleId(rule));
        }
        Set<String> purses = new LinkedHashSet<>(shelf.purseIds());
        purses.addAll(compiled.purseIds());
        return new ProgrammeRecord(
                published.version(),
                published.sha256(),
                published.canonicalText(),
                published.sourceText(),
                compiled.id(),
                compiled.effectiveFromMillis(),
                published.document().timeZone(),
                published.document().currency(),
                rules,
                List.copyOf(purses));
    }
}
