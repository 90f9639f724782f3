package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.assidu.accrual.document.ProgrammeCheck;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;
import org.assidu.accrual.programme.WorseForMembers;
import org.assidu.accrual.text.ProgrammeDifference;
import org.assidu.proto.v1.DiffProgrammesRequest;
import org.assidu.proto.v1.DiffProgrammesResponse;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assidu programme diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "What changes from one programme to another, in words, and what of it is worse for members.",
            "Each is a file, or the number of a published version; one alone is compared with the newest version."
        })
final class ProgrammeDiffCommand implements Callable<Integer> {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    @Parameters(arity = "1..2", paramLabel = "OLD NEW", description = "Files, or version numbers; 0 = the newest.")
    private List<String> programmes = new ArrayList<>();

    @Option(names = "--lang", defaultValue = "en", description = "en or fr (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        String old = programmes.size() == 1 ? "0" : programmes.get(0);
        String next = programmes.get(programmes.size() - 1);
        DiffProgrammesResponse answer;
        if (isVersion(old) || isVersion(next)) {
            DiffProgrammesRequest.Builder request =
                    DiffProgrammesRequest.newBuilder().setLanguage(language);
            if (isVersion(old)) {
                request.setOldVersion(Integer.parseInt(old));
            } else {
                request.setOldDocument(ProgrammeCommand.document(Path.of(old)));
            }
            if (isVersion(next)) {
                request.setNextVersion(Integer.parseInt(next));
            } else {
                request.setNextDocument(ProgrammeCommand.document(Path.of(next)));
            }
            try (Connection connection = server.connect()) {
                answer = ProgrammeServiceGrpc.newBlockingStub(connection.channel())
                        .diffProgrammes(request.build());
            }
        } else {
            answer = difference(read(old), read(next));
        }
        if (output.json()) {
            output.json(answer);
        } else {
            output.out().print(answer.getText());
            output.out().flush();
        }
        return Assidu.OK;
    }

    private static boolean isVersion(String programme) {
        return VERSION.matcher(programme).matches() && !Files.exists(Path.of(programme));
    }

    private DiffProgrammesResponse difference(ProgrammeDocument old, ProgrammeDocument next) {
        List<ProgrammePart> worse = WorseForMembers.parts(old, next);
        return DiffProgrammesResponse.newBuilder()
                .setText(ProgrammeDifference.describe(old, next, worse, language))
                .addAllWorseForMembers(
                        worse.stream().map(ProgrammePart::toString).toList())
                .build();
    }

    private static ProgrammeDocument read(String file) throws IOException {
        ProgrammeCheck check = ProgrammeCheck.check(Files.readString(Path.of(file)), 1);
        ProgrammeDocument document = check.parsed().document();
        if (document == null || !check.problems().isEmpty()) {
            StringBuilder all =
                    new StringBuilder(file + " has " + check.problems().size() + " problem(s)");
            for (Problem problem : check.problems()) {
                all.append('\n').append(problem);
            }
            throw new IllegalArgumentException(all.toString());
        }
        return document;
    }
}
