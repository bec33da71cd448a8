package dev.emend.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(packages = "dev.emend", importOptions = ImportOption.DoNotIncludeTests.class)
class StreamArchitectureTest {
  @ArchTest
  static final ArchRule SCHEDULE_IS_PURE =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage("dev.emend.schedule")
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.describe(
                  "are Java's, its own, or the words that it shares with the wire",
                  StreamArchitectureTest::mayBeKnownToTheScheduler));

  @ArchTest
  static final ArchRule NO_MACHINE_LEARNING =
      noClasses()
          .that()
          .resideInAnyPackage("dev.emend.stream..", "dev.emend.schedule", "dev.emend.timeline")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule TIMELINE_KNOWS_NO_TOPOLOGY =
      noClasses()
          .that()
          .resideInAPackage("dev.emend.timeline")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "dev.emend.stream..", "io.micrometer..");

  private static boolean mayBeKnownToTheScheduler(JavaClass type) {
    String home = type.getPackageName();
    return home.startsWith("java.")
        || home.isEmpty()
        || home.equals("dev.emend.schedule")
        || home.equals("dev.emend.size")
        || home.equals("org.jspecify.annotations")
        || type.getName().equals("dev.emend.event.CloseReason");
  }
}
