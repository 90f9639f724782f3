package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.journal.GenerationSummary;
import org.assidu.accrual.journal.JournalDamage;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.replay.OutcomeReport;
import org.assidu.accrual.replay.OutcomeVerifier;
import org.assidu.accrual.server.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a journal without a server and without changing anything: every frame and checksum, the chain of"
                    + " hashes, every outcome by deciding it again.",
            "Exit code 0: all of it holds. 1: something does not, and the output says what."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description =
                    "Folder of `assidu archive`, when it is not where it was: archived generations are read from there.")
    private @Nullable Path archive;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = data.directory();
        JournalReport structure;
        try (Progress progress = Progress.start("verify journal", "records", 0)) {
            structure = directory.verifyStructure(archive, new RecoveryProgress() {
                @Override
                public void verified(long bytesDone, long bytesTotal, long position) {
                    progress.at(position);
                }

                @Override
                public void warning(String message) {
                    output.err().println(message);
                    output.err().flush();
                }
            });
            progress.at(structure.records());
        }
        OutcomeReport outcomes = structure.intact() ? decideAgain(directory, structure.records()) : null;
        if (output.json()) {
            printJson(structure, outcomes);
        } else {
            print(structure, outcomes);
        }
        return structure.intact() && outcomes != null && outcomes.identical() ? Assidu.OK : Assidu.FAILED;
    }

    private OutcomeReport decideAgain(DataDirectory directory, long records) throws Exception {
        try (JournalReader reader = directory.openReadOnly(archive);
                JournalReader lookups = directory.openReadOnly(archive);
                Progress progress = Progress.start("decide again", "records", records)) {
            OutcomeReport report = OutcomeVerifier.verify(reader, lookups, progress::at);
            progress.at(report.records());
            return report;
        }
    }

    private void print(JournalReport structure, @Nullable OutcomeReport outcomes) {
        output.line(String.format(Locale.ROOT, "records     %,d", structure.records()));
        output.line("chain head  " + structure.chainHead());
        for (GenerationSummary generation : structure.generations()) {
            output.line(String.format(
                    Locale.ROOT,
                    "  generation %d: records %,d to %,d, %,d bytes, %s, head %s",
                    generation.generation(),
                    generation.firstPosition(),
                    generation.lastPosition(),
                    generation.bytes(),
                    generation.state(),
                    generation.chainHead()));
        }
        structure.notes().forEach(note -> output.line("note        " + note));
        JournalDamage damage = structure.damage();
        if (damage != null) {
            output.line("DAMAGED     " + damage.message());
        }
        if (outcomes != null) {
            output.line("outcomes    " + outcomes.summary());
        }
    }

    private void printJson(JournalReport structure, @Nullable OutcomeReport outcomes) throws Exception {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("records", structure.records());
        json.put("chain_head", structure.chainHead());
        json.put("intact", structure.intact());
        json.put("acknowledged", structure.acknowledged());
        json.put("forced", structure.forced());
        json.put("generations", structure.generations().size());
        JournalDamage damage = structure.damage();
        if (damage != null) {
            json.put("damage", damage.message());
        }
        if (outcomes != null) {
            json.put("decided", outcomes.decided());
            json.put("outcomes_identical", outcomes.identical());
            json.put("mismatches", outcomes.mismatches());
            json.put("declared_differences", outcomes.declaredDifferences());
            json.put("state_hash", outcomes.stateHash());
        }
        output.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
