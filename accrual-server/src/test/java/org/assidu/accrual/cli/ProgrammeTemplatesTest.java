package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.text.ProgrammeDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgrammeTemplatesTest {
    static List<String> names() {
        return ShippedProgrammes.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachTemplateIsValidCommentedAndDescribedInBothLanguages(String name) throws IOException {
        String text = ShippedProgrammes.text(name);
        ParsedProgramme parsed = ProgrammeParser.parse(text);

        assertThat(parsed.problems()).isEmpty();
        assertThat(text).startsWith("# ");
        assertThat(ShippedProgrammes.title(name)).endsWith(".").hasSizeLessThanOrEqualTo(120);
        assertThat(text.lines().filter(line -> line.strip().startsWith("#")).count())
                .isGreaterThan(4);
        assertThat(ProgrammeParser.parse(parsed.canonicalText()).document()).isEqualTo(parsed.document());
        String english = ProgrammeDescription.describe(parsed.document(), "en");
        String french = ProgrammeDescription.describe(parsed.document(), "fr");
        assertThat(french.lines().count()).isEqualTo(english.lines().count());
        assertThat(english).doesNotContain("{").doesNotContain("null");
        assertThat(french).doesNotContain("{").doesNotContain("null");
    }

    @Test
    void everyFileBesideThemIsListed() throws IOException, URISyntaxException {
        Path folder = Path.of(ShippedProgrammes.class.getResource("/programmes").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .toList();
            assertThat(names).containsExactlyInAnyOrderElementsOf(ShippedProgrammes.NAMES);
        }
    }

    @Test
    void theListSaysWhatEachTemplateDoesAndInitPrintsOne() {
        Terminal list = Terminal.type("programme", "init", "--list");

        assertThat(list.code()).isZero();
        assertThat(list.out().lines()).hasSize(ShippedProgrammes.NAMES.size());
        assertThat(list.out()).contains("happy-hour         Happy hour: points count double in quiet hours.");
        assertThat(Terminal.type("programme", "init", "--template", "happy-hour")
                        .out())
                .contains("id: happy-hour");
        Terminal unknown = Terminal.type("programme", "init", "--template", "happy");
        assertThat(unknown.code()).isNotZero();
        assertThat(unknown.err()).contains("template 'happy' is unknown").contains("happy-hour");
    }
}
