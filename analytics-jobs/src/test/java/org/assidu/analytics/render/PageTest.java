package org.assidu.analytics.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.SmallExport;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.report.Axis;
import org.assidu.analytics.report.Block;
import org.assidu.analytics.report.Chart;
import org.assidu.analytics.report.Field;
import org.assidu.analytics.report.Report;
import org.assidu.analytics.report.Reports;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Table;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;
import org.assidu.analytics.report.XyPlot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in a real browser, opened from disk. */
final class PageTest {

    private static final Path CHROMIUM = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
    private static final int NARROW = 390;
    private static final int WIDE = 1280;

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
        ExportFolder export =
                ExportFolder.open(TestSpark.small(), folder.resolve("export").toString());
        try (Features features = Features.of(export, null, null)) {
            List<Section> sections = new ArrayList<>();
            for (Report report : Reports.ALL) {
                sections.add(report.run(features));
            }
            sections.replaceAll(section -> section.key().equals("habits") ? withSmallShares(section) : section);
            index = new Site(RunInfo.whole(features.scope(), Language.EN), sections, null)
                    .write(folder.resolve("site"));
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    /** The same with a chart whose steps lie closer together than one percent, as those of large chains do. */
    private static Section withSmallShares(Section section) {
        Text title = new Text("Small shares", "Petites parts");
        List<Double> shares = List.of(0.001, 0.0017, 0.0023, 0.0041);
        List<Text> names = List.of(Text.same("1"), Text.same("2"), Text.same("3"), Text.same("4"));
        Table table = new Table(
                "small-shares",
                title,
                Field.of("step", Unit.TEXT, "Step", "Pas"),
                Field.of("share", Unit.SHARE, "Share", "Part"));
        for (int i = 0; i < shares.size(); i++) {
            table.row(names.get(i).en(), shares.get(i));
        }
        XyPlot plot = new XyPlot(
                Axis.of(Unit.TEXT, "Step", "Pas"),
                Axis.of(Unit.SHARE, "Share", "Part"),
                names,
                List.of(XyPlot.Series.over(title, XyPlot.Mark.LINE, shares)));
        List<Block> blocks = new ArrayList<>(section.blocks());
        blocks.add(new Chart("small-shares", title, title, plot, table));
        return new Section(
                section.key(),
                section.title(),
                section.lead(),
                section.audience(),
                section.next(),
                section.population(),
                section.figures(),
                blocks,
                section.definitions(),
                section.limits(),
                section.leftOut());
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    static List<String> everyPage() {
        List<String> pages = new ArrayList<>(List.of("index"));
        Reports.ALL.forEach(report -> pages.add(report.key()));
        return pages;
    }

    @BeforeEach
    void open() {
        page = browser.newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.setViewportSize(WIDE, 900);
    }

    private String show(String name) {
        String url = index.resolveSibling(name + ".html").toUri().toString();
        page.navigate(url);
        return url;
    }

    @AfterEach
    void leave() {
        page.close();
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void pageAsksForNothingComplainsOfNothingAndFitsEveryScreen(String name) {
        String url = show(name);
        Locator charts = page.locator(".chart");
        for (int width : List.of(WIDE, NARROW)) {
            page.setViewportSize(width, 844);
            for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (String language : List.of("fr", "en")) {
                    page.locator("[data-language=" + language + "]").click();
                    for (int i = 0; i < charts.count(); i++) {
                        assertThat(charts.nth(i).locator("svg path").count())
                                .as("%s in %s", charts.nth(i).getAttribute("id"), language)
                                .isPositive();
                    }
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                            .as("width of %s in %s", name, language)
                            .isLessThanOrEqualTo(width);
                }
            }
        }
        assertThat(requests).containsExactly(url);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void noTwoStepsOfAnAxisReadTheSame(String name) {
        show(name);
        assertThat((List<?>) page.evaluate("""
                () => [...document.querySelectorAll('.chart')].flatMap(element => {
                  const model = echarts.getInstanceByDom(element).getModel();
                  return ['xAxis', 'yAxis'].flatMap(kind => model.queryComponents({ mainType: kind }))
                    .filter(one => one.axis.type === 'value')
                    .map(one => one.axis.getViewLabels().map(label => label.formattedLabel))
                    .filter(steps => new Set(steps).size < steps.length)
                    .map(steps => element.id + ': ' + steps.join(' | '));
                })""")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void firstScreenSaysWhatItIsForWhomAndWhatToDoNext(String name) {
        show(name);
        for (String part : List.of("h1", ".lead", "header .audience", ".next li >> nth=0")) {
            Locator words = page.locator(part).first();
            assertThat(words.innerText()).as(part).isNotBlank();
            assertThat(words.boundingBox().y + words.boundingBox().height)
                    .as(part)
                    .isLessThan(900);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void structureCanBeHeardAndReachedByKeyboard(String name) {
        show(name);
        assertThat(page.locator("main").count()).isEqualTo(1);
        assertThat(page.locator("nav[aria-label]").count()).isEqualTo(1);
        assertThat(page.locator("h1").count()).isEqualTo(1);
        assertThat(page.locator("nav [aria-current=page]").first().getAttribute("href"))
                .startsWith(name + ".html");
        assertThat(strings("""
                (() => { let last = 1; const bad = [];
                  for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
                    const level = Number(h.tagName[1]); if (level > last + 1) bad.push(h.textContent); last = level; }
                  return bad; })()""")).as("headings that skip a level").isEmpty();
        assertThat(strings("""
                [...document.querySelectorAll('[aria-labelledby]')].map(e => e.getAttribute('aria-labelledby'))
                  .filter(id => !document.getElementById(id))""")).as("labels that are nowhere").isEmpty();
        assertThat(strings("""
                [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)""")).as("ids met twice").isEmpty();
        assertThat(strings("""
                [...document.querySelectorAll('.chart')].filter(c => !(c.getAttribute('aria-label') || '').length
                  || !c.closest('figure').querySelector('table')).map(c => c.id)""")).as("charts without words or table").isEmpty();
        page.keyboard().press("Tab");
        assertThat((String) page.evaluate("document.activeElement.className")).isEqualTo("skip");
        page.keyboard().press("Enter");
        assertThat((String) page.evaluate("document.activeElement.id")).isEqualTo("main");
    }

    /** Contrast by the formula of WCAG 2: 4.5 for text, over the nearest background that is painted. */
    @ParameterizedTest
    @MethodSource("everyPage")
    void wordsStandOutFromTheirGround(String name) {
        show(name);
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertThat(strings("""
                    (() => {
                      const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
                      const light = c => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
                        return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
                      const page = parse(getComputedStyle(document.documentElement).getPropertyValue('--page').trim()
                        .replace(/^#(..)(..)(..)$/, (x, r, g, b) => [r, g, b].map(h => parseInt(h, 16)).join(',')));
                      const ground = e => { let over = [];
                        for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
                          if (c[3] > 0) { over.push(c); if (c[3] === 1) break; } }
                        let c = over.length && over[over.length - 1][3] === 1 ? over.pop() : page;
                        for (const o of over.reverse()) c = [0, 1, 2].map(i => o[i] * o[3] + c[i] * (1 - o[3]));
                        return c; };
                      const bad = new Set();
                      for (const e of document.querySelectorAll('body *')) {
                        if (e.closest('svg, script, style, .hidden, .skip') || !e.getClientRects().length) continue;
                        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
                        const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
                        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                        if (ratio < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
                      }
                      return [...bad];
                    })()""")).as("%s in %s", name, scheme).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void printedPageHoldsEverythingWithinThePaper(String name) {
        show(name);
        page.setViewportSize(700, 1000);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat((Boolean) page.evaluate("getComputedStyle(document.querySelector('.side')).display === 'none'"))
                .isTrue();
        assertThat(strings("""
                [...document.querySelectorAll('.chart svg, .card, h1, .remark')]
                  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))""")).as("beyond the paper's edge").isEmpty();
        assertThat(strings("""
                [...document.querySelectorAll('.chart svg')]
                  .filter(e => e.getBoundingClientRect().height < 90 || e.closest('.panel').getBoundingClientRect().bottom
                    < e.getBoundingClientRect().bottom).map(e => e.closest('.chart').id)""")).as("charts lost on paper").isEmpty();
        assertThat(new String(page.pdf(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    }

    @SuppressWarnings("unchecked")
    private List<String> strings(String script) {
        return (List<String>) page.evaluate(script);
    }

    @Test
    void languageIsSwitchedWithoutANetworkAndCarriedToTheNextPage() {
        show("habits");
        assertThat(page.locator("h1").innerText()).isEqualTo("Habits");
        page.locator("[data-language=fr]").click();
        assertThat(page.locator("h1").innerText()).isEqualTo("Habitudes");
        assertThat(page.title()).isEqualTo("Habitudes – Assidu");
        assertThat(page.locator("#habits .card .value").nth(2).innerText()).isEqualTo("175,00\u00a0€");
        assertThat(page.locator("#habits-turnover").innerText()).contains("Chiffre d'affaires");
        assertThat(requests).hasSize(1);
        page.locator("nav .wide a", new Page.LocatorOptions().setHasText("Magasins"))
                .click();
        page.waitForURL(address -> address.endsWith("stores.html?lang=fr"));
        assertThat(page.locator("h1").innerText()).isEqualTo("Magasins");
    }

    @Test
    void everyReportIsReachedFromTheOverview() {
        show("index");
        for (Report report : Reports.ALL) {
            assertThat(page.locator("article h3 a[href^='" + report.key() + ".html']")
                            .count())
                    .as(report.key())
                    .isEqualTo(1);
        }
    }

    @Test
    void tablesAreSortedByTheirHeadings() {
        show("habits");
        Locator panel = page.locator("section.panel", new Page.LocatorOptions().setHasText("Articles in the most"));
        Locator sales = panel.locator("th button").last();
        sales.click();
        Locator first = panel.locator("tbody tr").first();
        assertThat(first.innerText()).startsWith("C");
        sales.click();
        assertThat(first.innerText()).startsWith("B");
    }

    @Test
    void namesFromTillsCannotEndTheScript() {
        show("habits");
        assertThat(page.locator("body").innerText()).contains("Cheese </script>");
    }

    @Test
    void filesBesideThePageHoldTheSameFigures() throws Exception {
        assertThat(Files.readString(index.resolveSibling("csv/habits-articles.csv")))
                .startsWith("key,name,orders,buyers,repeat_share,sales_eur\r\nA,Apple,4,2,0.5,47.00\r\n");
        assertThat(Files.readString(index.resolveSibling("report.json")))
                .contains("\"sales\" : {\n          \"value\" : 175.00,\n          \"unit\" : \"EUR\"");
        assertThat(Files.readString(index.resolveSibling("json/habits.json")))
                .contains("\"csv\" : \"csv/habits-articles.csv\"");
    }
}
