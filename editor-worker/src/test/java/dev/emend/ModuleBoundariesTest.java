package dev.emend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the rooms of this module must not know. */
final class ModuleBoundariesTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.emend");

  @Test
  void shouldKeepTheMathematicsFreeOfTheStream() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.emend.memit..",
            "dev.emend.linalg..",
            "dev.emend.model..",
            "dev.emend.token..",
            "dev.emend.evaluate..",
            "dev.emend.train..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.micrometer..",
            "dev.emend.worker..",
            "dev.emend.version..",
            "dev.emend.canary..",
            "dev.emend.wire..",
            "dev.emend.topic..")
        .check(MODULE);
  }

  @Test
  void shouldKeepLinearAlgebraFreeOfModels() {
    noClasses()
        .that()
        .resideInAPackage("dev.emend.linalg..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.emend.memit..", "dev.emend.model..", "ai.djl..")
        .check(MODULE);
  }

  @Test
  void shouldKeepModelsFreeOfFacts() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.emend.model..", "dev.emend.token..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.emend.memit..", "dev.emend.ledger..", "dev.emend.linalg..", "org.nd4j..")
        .check(MODULE);
  }

  @Test
  void shouldLetOnlyLinearAlgebraTouchItsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.emend.linalg..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco.openblas..")
        .check(MODULE);
  }
}
