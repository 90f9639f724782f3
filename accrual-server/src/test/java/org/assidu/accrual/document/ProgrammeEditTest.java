package org.assidu.accrual.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgrammeEditTest {
    private static Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("effective_from", "2027-01-01");
        values.put("last_earn_day", "2027-06-30");
        return values;
    }

    @Test
    void aValueIsReplacedAndAMissingOneAddedWithoutTouchingTheRest() {
        String text = "# 😀 our programme\nid: points # stays\neffective_from: 2026-01-01   # first day\ncurrency: EUR";

        assertThat(ProgrammeEdit.set(text, values()))
                .isEqualTo("# 😀 our programme\nid: points # stays\neffective_from: \"2027-01-01\"   # first day\n"
                        + "currency: EUR\nlast_earn_day: \"2027-06-30\"\n");
        assertThat(ProgrammeEdit.set("effective_from:\nlast_earn_day: 2026-01-01\n", values()))
                .isEqualTo("effective_from: \"2027-01-01\"\nlast_earn_day: \"2027-06-30\"\n");
    }

    @Test
    void jsonStaysJson() {
        assertThat(ProgrammeEdit.set("{\"id\": \"points\", \"effective_from\": \"2026-01-01\"}", values()))
                .isEqualTo(
                        "{\"last_earn_day\": \"2027-06-30\", \"id\": \"points\", \"effective_from\": \"2027-01-01\"}");
    }

    @Test
    void whatIsNoPlainValueIsNotWrittenOver() {
        assertThatThrownBy(() -> ProgrammeEdit.set("effective_from: [a]\n", values()))
                .hasMessageContaining("effective_from holds no plain value");
        assertThatThrownBy(() -> ProgrammeEdit.set("- a\n", values())).hasMessageContaining("is no programme");
    }

    @Test
    void theEditedProgrammeReadsAsTheOldOneWithTheNewValues() {
        ParsedProgramme edited = ProgrammeParser.parse(ProgrammeEdit.set(WholeProgramme.TEXT, values()));

        assertThat(edited.problems()).isEmpty();
        assertThat(edited.document().mechanics().lastEarnDay()).hasToString("2027-06-30");
        assertThat(edited.document().mechanics().bonuses())
                .isEqualTo(ProgrammeParser.parse(WholeProgramme.TEXT)
                        .document()
                        .mechanics()
                        .bonuses());
    }
}
