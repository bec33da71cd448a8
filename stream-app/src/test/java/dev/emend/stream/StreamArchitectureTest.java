package dev.emend.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Plain tests: surefire does not count ArchUnit's own fields, and a rule nobody counts may rot. */
class StreamArchitectureTest {
  private final JavaClasses rooms =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.emend.stream", "dev.emend.schedule", "dev.emend.timeline");

  @Test
  void shouldSeeAllRooms() {
    assertThat(rooms.contain("dev.emend.stream.StreamApp")).isTrue();
    assertThat(rooms.contain("dev.emend.schedule.WindowPolicy")).isTrue();
    assertThat(rooms.contain("dev.emend.timeline.TimelineSync")).isTrue();
  }

  @Test
  void shouldKeepTheSchedulerPure() {
    classes()
        .that()
        .resideInAPackage("dev.emend.schedule..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are Java's, its own, or the words that it shares with the wire",
                StreamArchitectureTest::mayBeKnownToTheScheduler))
        .check(rooms);
  }

  @Test
  void shouldKeepMachineLearningOut() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "org.nd4j..", "org.bytedeco..")
        .check(rooms);
  }

  @Test
  void shouldKeepTheTopologyOutOfTheTimeline() {
    noClasses()
        .that()
        .resideInAPackage("dev.emend.timeline")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "dev.emend.stream..", "io.micrometer..")
        .check(rooms);
  }

  private static boolean mayBeKnownToTheScheduler(JavaClass type) {
    String home = type.getPackageName();
    return home.startsWith("java.")
        || home.isEmpty()
        || home.startsWith("dev.emend.schedule")
        || home.equals("dev.emend.size")
        || home.equals("org.jspecify.annotations")
        || type.getName().equals("dev.emend.event.CloseReason")
        || type.getName().equals("dev.emend.event.ConsolidationCause");
  }
}
