package org.assidu.analytics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.assidu.analytics", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {

    @ArchTest
    static final ArchRule packagesUseOnlyThoseBelow = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("ingest")
            .definedBy("org.assidu.analytics.ingest..")
            .layer("features")
            .definedBy("org.assidu.analytics.features..")
            .layer("model")
            .definedBy("org.assidu.analytics.model..")
            .layer("clv")
            .definedBy("org.assidu.analytics.clv..")
            .layer("report")
            .definedBy("org.assidu.analytics.report..")
            .layer("render")
            .definedBy("org.assidu.analytics.render..")
            .layer("cli")
            .definedBy("org.assidu.analytics.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("render")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("render", "cli")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("report", "clv")
            .whereLayer("clv")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("features")
            .mayOnlyBeAccessedByLayers("report", "render", "cli")
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("features", "cli");

    @ArchTest
    static final ArchRule modelsKnowNoSpark = noClasses()
            .that()
            .resideInAPackage("org.assidu.analytics.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop..");

    @ArchTest
    static final ArchRule onlyIngestReadsFiles = noClasses()
            .that()
            .resideOutsideOfPackage("org.assidu.analytics.ingest..")
            .and()
            .haveNameNotMatching(".*\\.ParquetRenderer(\\$.*)?") // writes local files
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..");
}
