package dev.thumbprint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: simulator -> kernels, cost-models, validation-data. */
@AnalyzeClasses(packages = "dev.thumbprint", importOptions = DoNotIncludeTests.class)
final class ModuleRulesTest {
  @ArchTest
  static final ArchRule kernelsKnowOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.thumbprint.kernels..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.thumbprint.kernels..", "java..", "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule costModelsKnowNoOtherModule =
      classes()
          .that()
          .resideInAPackage("dev.thumbprint.cost..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.thumbprint.cost..",
              "java..",
              "tools.jackson..",
              "com.fasterxml.jackson.annotation..",
              "org.snakeyaml.engine..",
              "org.hipparchus..");

  @ArchTest
  static final ArchRule recordingsKnowNoOtherModule =
      classes()
          .that()
          .resideInAPackage("dev.thumbprint.recorded..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.thumbprint.recorded..",
              "java..",
              "tools.jackson..",
              "com.fasterxml.jackson.annotation..");

  @ArchTest
  static final ArchRule nothingKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.thumbprint.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.thumbprint.cli..");

  @ArchTest
  static final ArchRule packagesOfTheSimulatorFormNoCycles =
      slices().matching("dev.thumbprint.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheCostModelsFormNoCycles =
      slices().matching("dev.thumbprint.cost.(*)..").should().beFreeOfCycles();
}
