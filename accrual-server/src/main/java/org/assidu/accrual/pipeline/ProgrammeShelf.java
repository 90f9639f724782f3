package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.RewardRule;
import org.assidu.accrual.replay.EngineReplay;
import org.jspecify.annotations.Nullable;

/** The published versions, immutable, so that every thread can name what outcomes only number. */
final class ProgrammeShelf {
    static final ProgrammeShelf EMPTY = new ProgrammeShelf(List.of(), List.of());

    private final List<ProgrammeVersion> versions;
    private final List<Programme> compiled;
    private final RewardTerms[][] rewards;
    private final List<String> purseIds;

    private ProgrammeShelf(List<ProgrammeVersion> versions, List<Programme> compiled) {
        this.versions = List.copyOf(versions);
        this.compiled = List.copyOf(compiled);
        rewards = compiled.stream().map(ProgrammeShelf::terms).toArray(RewardTerms[][]::new);
        Set<String> purses = new LinkedHashSet<>();
        compiled.forEach(programme -> purses.addAll(programme.purseIds()));
        purseIds = List.copyOf(purses);
    }

    /** This shelf and one more version. */
    ProgrammeShelf with(ProgrammeVersion version, Programme programme) {
        List<ProgrammeVersion> moreVersions = new ArrayList<>(versions);
        moreVersions.add(version);
        List<Programme> morePrograms = new ArrayList<>(compiled);
        morePrograms.add(programme);
        return new ProgrammeShelf(moreVersions, morePrograms);
    }

    void write(StateSink sink) {
        sink.begin("programmes");
        sink.putInt(versions.size());
        for (ProgrammeVersion version : versions) {
            PublishedProgramme programme = version.programme();
            sink.putText(programme.sha256());
            sink.putText(programme.canonicalText());
            sink.putText(programme.sourceText());
            sink.putLong(version.publishedAtMillis());
            sink.putLong(version.position());
        }
    }

    static ProgrammeShelf read(StateSource source) {
        source.begin("programmes");
        int count = source.takeCount();
        ProgrammeShelf shelf = EMPTY;
        for (int version = 1; version <= count; version++) {
            PublishedProgramme programme =
                    EngineReplay.published(version, source.takeText(), source.takeText(), source.takeText());
            shelf = shelf.with(
                    new ProgrammeVersion(programme, source.takeLong(), source.takeLong()),
                    ProgrammeCompiler.compile(programme));
        }
        return shelf;
    }

    List<ProgrammeVersion> versions() {
        return versions;
    }

    @Nullable
    ProgrammeVersion newest() {
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    /** Of all versions, which cannot change it; empty while none is published. */
    String currency() {
        return compiled.isEmpty() ? "" : compiled.get(0).document().currency();
    }

    /** Purse ids by slot. */
    List<String> purseIds() {
        return purseIds;
    }

    Programme programme(int version) {
        if (version < 1 || version > compiled.size()) {
            throw new IllegalArgumentException("programme version " + version + " of " + compiled.size());
        }
        return compiled.get(version - 1);
    }

    RewardTerms reward(int version, int index) {
        return rewards[version - 1][index];
    }

    /** Terms of a reward by its id, as the newest version that has it says; null when none has. */
    @Nullable
    RewardTerms reward(String id) {
        for (int version = rewards.length - 1; version >= 0; version--) {
            for (RewardTerms terms : rewards[version]) {
                if (terms.id().equals(id)) {
                    return terms;
                }
            }
        }
        return null;
    }

    /**
     * Whether a card that belongs to nobody enrols by itself: when the version that prices the sale says so for its range, or
     * when the card was issued and that version has no range for it.
     */
    boolean autoEnrols(long card, long soldAtMillis, boolean issued) {
        Programme programme = programmeAt(soldAtMillis);
        if (programme == null) {
            return issued;
        }
        for (ProgrammeDocument.CardRange range : programme.document().cards()) {
            if (card >= range.first() && card <= range.last()) {
                return range.autoEnrol();
            }
        }
        return issued;
    }

    private @Nullable Programme programmeAt(long soldAtMillis) {
        Programme found = null;
        for (Programme programme : compiled) {
            boolean begun = programme.effectiveFromMillis() <= soldAtMillis;
            if (begun && (found == null || programme.effectiveFromMillis() >= found.effectiveFromMillis())) {
                found = programme;
            }
        }
        return found;
    }

    private static RewardTerms[] terms(Programme programme) {
        return programme.thresholdRewards().stream().map(ProgrammeShelf::terms).toArray(RewardTerms[]::new);
    }

    static RewardTerms terms(RewardRule rule) {
        return new RewardTerms(rule.id(), rule.autoApply(), rule.kind(), rule.value());
    }
}
