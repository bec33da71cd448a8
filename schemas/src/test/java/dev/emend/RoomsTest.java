package dev.emend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The walls of this module. Plain tests, because surefire does not count ArchUnit's own. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  private static void expectNoDependency(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(CLASSES);
  }

  @Test
  void shouldNeedNoMachineLearningAndNoStreams() {
    assertThat(CLASSES.contain("dev.emend.wire.AvroSerde")).isTrue();
    expectNoDependency(
        "dev.emend..",
        "ai.djl..",
        "org.nd4j..",
        "org.bytedeco..",
        "org.apache.kafka.streams..",
        "io.micrometer..");
  }

  @Test
  void shouldKeepWeightsAndDeltasFreeOfKafka() {
    expectNoDependency("dev.emend.weights..", "org.apache.kafka..");
    expectNoDependency("dev.emend.delta..", "org.apache.kafka..");
  }

  @Test
  void shouldKeepTheWireFreeOfTopics() {
    expectNoDependency(
        "dev.emend.wire..", "dev.emend.topic..", "dev.emend.publish..", "dev.emend.subscribe..");
  }

  @Test
  void shouldHaveNoCyclesBetweenRooms() {
    slices().matching("dev.emend.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
