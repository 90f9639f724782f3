package org.assidu.analytics.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.assidu.analytics.features.Scope;
import org.assidu.analytics.report.Section;
import org.assidu.analytics.report.Text;
import org.assidu.analytics.report.Unit;

/** The pages: each is one file, script and styles included; none asks anything of a network. */
final class PageRenderer {

    private static final String RESOURCES = "org/assidu/analytics/render/";
    private static final Text TITLE = Text.of("Customer reports", "Rapports clients");
    private static final Text OVERVIEW = Text.of("Overview", "Vue d'ensemble");
    private static final int HEADLINES = 4;

    private final RunInfo run;
    private final Comparison comparison;
    private final ViewBuilder words;
    private final PebbleEngine engine;

    PageRenderer(ValueFormat format, RunInfo run, Comparison comparison) {
        this.run = run;
        this.comparison = comparison;
        this.words = new ViewBuilder(format, run, comparison);
        ClasspathLoader loader = new ClasspathLoader(PageRenderer.class.getClassLoader());
        loader.setPrefix(RESOURCES);
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .extension(new OptionWords())
                .strictVariables(true)
                .newLineTrimming(true)
                .build();
    }

    /** Writes all pages; returns the overview. */
    Path write(List<Section> sections, Path folder) throws IOException {
        Sources sources = new Sources(
                resource(RESOURCES + "site.css"),
                resource(RESOURCES + "site.js"),
                resource(echarts()).replace("</script", "<\\/script"));
        for (Section section : sections) {
            Map<String, Object> model = new HashMap<>();
            model.put("view", words.view(section));
            model.put("site", frame(sections, section.key(), sources));
            evaluate("page.html.peb", model, folder.resolve(section.key() + ".html"));
        }
        Path index = folder.resolve("index.html");
        Map<String, Object> model = new HashMap<>();
        model.put("site", frame(sections, "", sources));
        model.put("title", TITLE);
        model.put("overview", OVERVIEW);
        model.put("next", advice(sections));
        model.put("changes", comparison.view(sections, words));
        model.put("views", sections.stream().map(this::headlines).toList());
        model.put("data", words.data(new ObjectMapper().createObjectNode()));
        evaluate("index.html.peb", model, index);
        return index;
    }

    private record Sources(String css, String script, String echarts) {}

    /** A section as the overview shows it: its first figures. */
    private View headlines(Section section) {
        View whole = words.view(new Section(
                section.key(),
                section.title(),
                section.lead(),
                section.audience(),
                List.of(),
                section.population(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
        return new View(
                whole.key(),
                whole.title(),
                whole.lead(),
                whole.audience(),
                whole.next(),
                whole.population(),
                words.cards(section, HEADLINES),
                whole.parts(),
                whole.definitions(),
                whole.limits(),
                whole.leftOut(),
                false,
                "",
                whole.empty());
    }

    private static List<Text> advice(List<Section> sections) {
        List<Text> advice = new ArrayList<>();
        if (sections.stream().anyMatch(section -> section.key().equals("quality"))) {
            advice.add(Text.of(
                    "Look at the data quality page before quoting a figure.",
                    "Regarder la page de qualité des données avant de citer un chiffre."));
        }
        advice.add(Text.of(
                "Read what changed, then open the report in which it changed.",
                "Lire ce qui a changé, puis ouvrir le rapport où cela a changé."));
        advice.add(
                Text.of(
                        "Each report opens with what to do with it; files for spreadsheets and scripts are beside this page.",
                        "Chaque rapport commence par ce qu'il faut en faire ; les fichiers pour tableurs et scripts sont à côté de cette page."));
        return advice;
    }

    private View.Frame frame(List<Section> sections, String current, Sources sources) {
        Scope scope = run.scope();
        List<View.Link> menu = new ArrayList<>();
        menu.add(new View.Link("index.html", OVERVIEW, current.isEmpty()));
        for (Section section : sections) {
            menu.add(new View.Link(
                    section.key() + ".html", section.title(), section.key().equals(current)));
        }
        String files = run.formats().stream()
                .filter(each -> each != OutputFormat.HTML)
                .map(each -> each.code() + "/")
                .sorted()
                .collect(Collectors.joining(", "));
        return new View.Frame(
                run.language().code(),
                words.range(Unit.DATE, scope.firstDate(), scope.lastDate()),
                run.selection().words(),
                menu,
                facts(),
                files,
                sources.css(),
                sources.script(),
                sources.echarts());
    }

    private List<View.Fact> facts() {
        Scope scope = run.scope();
        return List.of(
                count("Days observed", "Jours observés", scope.days()),
                new View.Fact(
                        Text.of("Currency", "Devise"),
                        Text.same(scope.currency().getCurrencyCode())),
                new View.Fact(
                        Text.of("Time zone", "Fuseau horaire"),
                        Text.same(scope.zone().getId())),
                count("Journal up to position", "Journal jusqu'à la position", scope.position()),
                count("Lines looked at", "Lignes examinées", scope.lines()),
                count("Members' sale lines", "Lignes de vente des membres", scope.populationLines()),
                count(
                        "Left out of member figures",
                        "Hors des chiffres membres",
                        scope.lines() - scope.populationLines()));
    }

    private View.Fact count(String en, String fr, long value) {
        return new View.Fact(Text.of(en, fr), words.text(Unit.COUNT, value));
    }

    private void evaluate(String template, Map<String, Object> model, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            engine.getTemplate(template).evaluate(out, model);
        }
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = PageRenderer.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(
                        path + " is not on the class path: the build is incomplete, run mvn package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where the chart library's one file is in its jar; the jar tells its version. */
    private static String echarts() throws IOException {
        Properties artifact = new Properties();
        artifact.load(new StringReader(resource("META-INF/maven/org.mvnpm/echarts/pom.properties")));
        return "META-INF/resources/_static/echarts/" + artifact.getProperty("version") + "/dist/echarts.min.js";
    }
}
