package org.assidu.accrual;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages, lowest first: a package imports only what its row names. */
final class ArchitectureTest {
    private static final String BASE = "org.assidu.accrual.";
    private static final String PROTO = "org.assidu.proto..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.assidu.accrual");

    /**
     * Beyond the design's table: {@code table} (Parquet layouts that export and generator share), and replay below pipeline
     * with document, since recovery is a replay and a programme record holds its text.
     */
    private static final Map<String, String> MAY_IMPORT = new LinkedHashMap<>();

    static {
        MAY_IMPORT.put("config", "");
        MAY_IMPORT.put("model", "");
        MAY_IMPORT.put("access", "");
        MAY_IMPORT.put("document", "model programme");
        MAY_IMPORT.put("programme", "model");
        MAY_IMPORT.put("engine", "model programme");
        MAY_IMPORT.put("codec", "model");
        MAY_IMPORT.put("journal", "");
        MAY_IMPORT.put("journal.chronicle", "journal config");
        MAY_IMPORT.put("journal.file", "journal config");
        MAY_IMPORT.put("directory", "model config");
        MAY_IMPORT.put("snapshot", "model");
        MAY_IMPORT.put("replay", "model document programme engine codec journal");
        MAY_IMPORT.put("pipeline", "model document programme engine codec journal directory snapshot replay config");
        MAY_IMPORT.put("privacy", "model directory pipeline");
        MAY_IMPORT.put("table", "model");
        MAY_IMPORT.put("export", "model codec journal table config");
        MAY_IMPORT.put("audit", "model codec journal");
        MAY_IMPORT.put("backup", "model codec journal directory");
        MAY_IMPORT.put("engagement", "model codec journal table config proto");
        MAY_IMPORT.put("text", "model");
        MAY_IMPORT.put("grpc", "model access privacy pipeline replay directory engagement text config proto");
        MAY_IMPORT.put("admin", "model document programme pipeline grpc text directory config proto");
        MAY_IMPORT.put("replication", "model codec engine journal directory replay pipeline grpc proto");
        MAY_IMPORT.put("load", "model table config proto");
        MAY_IMPORT.put(
                "server",
                "config model access privacy document programme engine codec journal journal.chronicle journal.file directory snapshot replay"
                        + " pipeline export audit backup engagement text grpc admin replication proto");
    }

    private static final String[] CORE = {
        BASE + "model", BASE + "programme", BASE + "engine", BASE + "codec",
    };

    static List<String> packages() {
        return List.copyOf(MAY_IMPORT.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageImportsOnlyWhatItsRowNames(String name) {
        List<String> allowed = new ArrayList<>(List.of(BASE + name));
        for (String row : MAY_IMPORT.get(name).split(" ")) {
            if (!row.isEmpty()) {
                allowed.add(row.equals("proto") ? PROTO : BASE + row);
            }
        }
        classes()
                .that()
                .resideInAPackage(BASE + name)
                .should()
                .onlyDependOnClassesThat(
                        not(resideInAnyPackage("org.assidu..")).or(resideInAnyPackage(allowed.toArray(String[]::new))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageHasARow() {
        Set<String> rows = new TreeSet<>(MAY_IMPORT.keySet());
        rows.add("cli");
        Set<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(BASE))
                .map(name -> name.substring(BASE.length()))
                .collect(Collectors.toSet());
        assertThat(rows).containsAll(packages);
    }

    @Test
    void noPackagesDependOnEachOther() {
        SlicesRuleDefinition.slices()
                .matching(BASE + "(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void coreKnowsNoClockNoFileNoThreadNoRandomAndNoLog() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat(type(Clock.class)
                        .or(type(Random.class))
                        .or(type(Thread.class))
                        .or(resideInAnyPackage(
                                        "java.io..",
                                        "java.nio.file..",
                                        "java.nio.channels..",
                                        "java.net..",
                                        "java.security..",
                                        "java.util.concurrent..",
                                        "org.slf4j..")
                                // Records and enums name it in what the compiler makes for them.
                                .and(not(type(java.io.Serializable.class)))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void coreCountsInIntegers() {
        String[] inexact = {"float", "double", "java.lang.Float", "java.lang.Double"};
        for (String typeName : inexact) {
            List<ArchRule> rules = new ArrayList<>(Arrays.asList(
                    noFields()
                            .that()
                            .areDeclaredInClassesThat()
                            .resideInAnyPackage(CORE)
                            .should()
                            .haveRawType(typeName),
                    noMethods()
                            .that()
                            .areDeclaredInClassesThat()
                            .resideInAnyPackage(CORE)
                            .should()
                            .haveRawReturnType(typeName),
                    noMethods()
                            .that()
                            .areDeclaredInClassesThat()
                            .resideInAnyPackage(CORE)
                            .should()
                            .haveRawParameterTypes(typeName)));
            rules.forEach(rule -> rule.check(CLASSES));
        }
    }

    /** The reference ledger is a second opinion only as long as it computes by itself. */
    @Test
    void theReferenceLedgerSharesTheModelWithTheEngineAndNothingElse() {
        classes()
                .that()
                .resideInAPackage(BASE + "reference")
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("org.assidu.."))
                        .or(resideInAnyPackage(BASE + "reference", BASE + "model")))
                .check(new ClassFileImporter().importPackages(BASE + "reference"));
    }

    @Test
    void onlyTheChronicleJournalSeesChronicle() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "journal.chronicle")
                .should()
                .dependOnClassesThat(resideInAnyPackage("net.openhft.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "cli")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(CLASSES);
    }
}
