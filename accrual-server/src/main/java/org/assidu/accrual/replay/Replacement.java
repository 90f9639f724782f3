package org.assidu.accrual.replay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeCheck;
import org.assidu.accrual.document.ProgrammeEdit;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.jspecify.annotations.Nullable;

/**
 * The programme of a what-if, in the place of the versions that it replaces.
 *
 * @param fromMillis from which on it prices sales; versions in force later are left out
 * @param position of the record before which it is published
 */
record Replacement(ParsedProgramme parsed, ProgrammeDocument document, String text, long fromMillis, long position) {
    /** So long before it takes effect that no notice is missed: a what-if announces nothing to anyone. */
    private static final long NOTICE_MILLIS = 3_650L * 86_400_000L;

    /**
     * @return null when the published versions stay
     * @throws IllegalArgumentException saying every problem of the programme
     */
    static @Nullable Replacement of(WhatIfQuestion question, JournalSurvey survey) {
        String text = question.programmeText();
        if (text == null) {
            return null;
        }
        require(ProgrammeCheck.problemsOf(text));
        if (survey.programmes().isEmpty()) {
            throw new IllegalArgumentException("the journal holds no programme to compare with");
        }
        if (question.from() != null && survey.firstFrom() == 0) {
            throw new IllegalArgumentException("nothing in the journal is on or after " + question.from()
                    + "; give an earlier --from, or none for the whole journal");
        }
        long fromMillis = question.from() != null
                ? survey.fromMillis()
                : survey.programmes().stream()
                        .mapToLong(version -> version.document().effectiveFromMillis())
                        .min()
                        .getAsLong();
        String dated = ProgrammeEdit.set(
                text, Map.of("effective_from", Instant.ofEpochMilli(fromMillis).toString()));
        ParsedProgramme parsed = ProgrammeParser.parse(dated);
        ProgrammeDocument document = parsed.document();
        if (document == null) {
            throw new IllegalArgumentException("with effective_from moved: " + parsed.problems());
        }
        Replacement replacement = new Replacement(
                parsed, document, dated, fromMillis, Math.max(survey.firstFrom(), survey.firstProgramme()));
        require(replacement.problems(survey.programmes()));
        return replacement;
    }

    private static void require(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the programme cannot be replayed: "
                    + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }

    /** What keeps it from following the versions that stay, or from pricing the sales of those that do not. */
    private List<Problem> problems(List<PublishedProgramme> published) {
        AccrualEngine earlier = new AccrualEngine();
        for (PublishedProgramme version : published) {
            if (keeps(version)) {
                earlier.applyProgramme(numbered(version, earlier.programmes().size() + 1), 1);
            }
        }
        ProgrammeDocument first = published.get(0).document();
        if (first.numbering() != document.numbering()) {
            return List.of(Problem.at("numbering", "receipts were numbered " + first.numbering() + "; write that"));
        }
        if (!first.currency().equals(document.currency())) {
            return List.of(Problem.at("currency", "sales were in " + first.currency() + "; write that"));
        }
        if (!first.purse().id().equals(document.purse().id())) {
            return List.of(Problem.at(
                    "purse.id", "points went to the purse \"" + first.purse().id() + "\"; write that"));
        }
        return earlier.programmes().isEmpty()
                ? List.of()
                : earlier.publicationProblems(document, document.effectiveFromMillis() - NOTICE_MILLIS);
    }

    /** Whether a published version stays. */
    boolean keeps(PublishedProgramme version) {
        return version.document().effectiveFromMillis() < fromMillis;
    }

    /** Itself, as the next version of an engine. */
    PublishedProgramme published(int version) {
        return new PublishedProgramme(version, parsed.sha256(), parsed.canonicalText(), text, document);
    }

    /** A version under the number that it has among those that stay. */
    static PublishedProgramme numbered(PublishedProgramme version, int number) {
        return new PublishedProgramme(
                number, version.sha256(), version.canonicalText(), version.sourceText(), version.document());
    }
}
