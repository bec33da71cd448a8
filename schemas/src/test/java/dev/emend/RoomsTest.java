package dev.emend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of this module. */
@AnalyzeClasses(packages = "dev.emend", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  @ArchTest
  static final ArchRule shouldNeedNoMachineLearningAndNoStreams =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "org.nd4j..",
              "org.bytedeco..",
              "org.apache.kafka.streams..",
              "io.micrometer..");

  @ArchTest
  static final ArchRule shouldKeepTheMathematicsOfDeltasFreeOfKafka =
      noClasses()
          .that()
          .resideInAnyPackage("dev.emend.delta..", "dev.emend.weights..", "dev.emend.dataset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule shouldKeepTheWireFreeOfTopics =
      noClasses()
          .that()
          .resideInAPackage("dev.emend.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.emend.topic..", "dev.emend.publish..", "dev.emend.subscribe..");

  @ArchTest
  static final ArchRule shouldHaveNoCyclesBetweenRooms =
      slices().matching("dev.emend.(*)..").should().beFreeOfCycles();
}
