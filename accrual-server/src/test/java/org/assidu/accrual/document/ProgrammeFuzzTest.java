package org.assidu.accrual.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text is: problems, or a programme whose canonical text is that same programme. */
@Tag("instrumented")
final class ProgrammeFuzzTest {
    static Stream<String> texts() {
        return Stream.of(
                WholeProgramme.TEXT,
                "format: 1\nid: x\nid: x\n",
                "{\"format\": 1",
                "? [a, b]\n: !!set {c}\n",
                "&a [*a]");
    }

    @MethodSource("texts")
    @FuzzTest
    void aTextIsAProgrammeOrHasProblems(@NotNull String text) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        if (parsed.document() == null) {
            assertThat(parsed.problems()).isNotEmpty();
            return;
        }
        ParsedProgramme again = ProgrammeParser.parse(parsed.canonicalText());
        assertThat(again.problems()).isEmpty();
        assertThat(again.canonicalText()).isEqualTo(parsed.canonicalText());
    }
}
