package org.assidu.analytics.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assidu.analytics.cli.SparkSessions;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.SmallExport;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.report.Report;
import org.assidu.analytics.report.Reports;
import org.assidu.analytics.report.Section;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, opened from disk. */
final class PageTest {

    private static final Path CHROMIUM = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

    @TempDir
    static Path folder;

    private static Path index;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void write() throws Exception {
        if (!Files.isExecutable(CHROMIUM)) {
            System.out.println("skipped: no Chromium at " + CHROMIUM + "; install it or set CHROMIUM to its path");
        }
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium");
        SmallExport.write(folder.resolve("export")).close();
        ExportFolder export = ExportFolder.open(
                SparkSessions.open("local[2]"), folder.resolve("export").toString());
        try (Features features = Features.of(export, null, null)) {
            List<Section> sections = new ArrayList<>();
            for (Report report : Reports.ALL) {
                sections.add(report.run(features));
            }
            index = new Site(features.scope(), sections, Language.EN).write(folder.resolve("site"));
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open() {
        page = browser.newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.navigate(index.toUri().toString());
    }

    @AfterEach
    void leave() {
        page.close();
    }

    @Test
    void pageAsksForNothingAndComplainsOfNothing() {
        assertThat(requests).containsExactly(index.toUri().toString());
        assertThat(complaints).isEmpty();
    }

    @Test
    void everyChartIsDrawnInBothLanguagesAndSchemes() {
        Locator charts = page.locator(".chart");
        assertThat(charts.count()).isGreaterThan(10);
        for (String language : List.of("fr", "en")) {
            page.locator("[data-language=" + language + "]").click();
            for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (int i = 0; i < charts.count(); i++) {
                    assertThat(charts.nth(i).locator("svg path").count())
                            .as("%s in %s", charts.nth(i).getAttribute("id"), language)
                            .isPositive();
                }
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void languageIsSwitchedWithoutANetwork() {
        assertThat(page.locator("h1").innerText()).isEqualTo("Customer reports");
        page.locator("[data-language=fr]").click();
        assertThat(page.locator("h1").innerText()).isEqualTo("Rapports clients");
        assertThat(page.locator("#habits .card .value").nth(2).innerText()).isEqualTo("175,00\u00a0€");
        assertThat(page.locator("#habits-turnover").innerText()).contains("Chiffre d'affaires");
        assertThat(requests).hasSize(1);
    }

    @Test
    void tablesAreSortedByTheirHeadings() {
        Locator sales = page.locator("#habits .panel", new Page.LocatorOptions().setHasText("Articles in the most"))
                .locator("th button")
                .last();
        sales.click();
        Locator first = page.locator("#habits .panel", new Page.LocatorOptions().setHasText("Articles in the most"))
                .locator("tbody tr")
                .first();
        assertThat(first.innerText()).startsWith("C");
        sales.click();
        assertThat(first.innerText()).startsWith("B");
    }

    @Test
    void namesFromTillsCannotEndTheScript() {
        assertThat(page.locator("body").innerText()).contains("Cheese </script>");
    }

    @Test
    void narrowScreenDoesNotScrollSideways() {
        page.setViewportSize(390, 844);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
    }

    @Test
    void filesBesideThePageHoldTheSameFigures() throws Exception {
        assertThat(Files.readString(index.resolveSibling("csv/habits-articles.csv")))
                .startsWith("key,name,orders,buyers,repeat_share,sales_eur\r\nA,Apple,4,2,0.5,47.00\r\n");
        assertThat(Files.readString(index.resolveSibling("report.json")))
                .contains("\"sales\" : {\n          \"value\" : 175.00,\n          \"unit\" : \"EUR\"");
    }
}
