package dev.emend.memit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code emend.json} beside a model: its hyper-parameters and frozen context templates. What it
 * does not name is as published for the model's family, or as its {@code mode} has it; a key that
 * it should not have is a fault.
 */
public final class SettingsFile {
  /** Name of the file in a model folder. */
  public static final String NAME = "emend.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private SettingsFile() {}

  /** The file's content; every field may be absent. */
  private record Content(
      @Nullable List<Integer> layers,
      @Nullable Integer steps,
      @JsonProperty("learning_rate") @Nullable Double learningRate,
      @Nullable Double lambda,
      @Nullable Double clamp,
      @JsonProperty("weight_decay") @Nullable Double weightDecay,
      @JsonProperty("kl_factor") @Nullable Double klFactor,
      @JsonProperty("loss_stop") @Nullable Double lossStop,
      @Nullable Integer templates,
      @Nullable TargetMethod method,
      @Nullable EditMode mode,
      @JsonProperty("context_templates") @Nullable List<String> contextTemplates) {

    HyperParameters over(HyperParameters base) {
      HyperParameters numbers =
          new EditOverrides(
                  Optional.ofNullable(layers),
                  Optional.ofNullable(steps),
                  Optional.ofNullable(learningRate),
                  Optional.ofNullable(lambda),
                  Optional.ofNullable(clamp),
                  Optional.ofNullable(weightDecay),
                  Optional.ofNullable(templates),
                  Optional.ofNullable(method),
                  Optional.ofNullable(mode))
              .over(base, base);
      return numbers.withLoss(
          klFactor == null ? base.klFactor() : klFactor,
          lossStop == null ? base.lossStop() : lossStop);
    }
  }

  /** What a file says. */
  public record Given(HyperParameters numbers, Optional<ContextTemplates> templates) {}

  /**
   * Reads the file of a folder over the family's numbers.
   *
   * @throws Fault JSON_INVALID if it is there but cannot be used
   */
  public static Given read(Path folder, HyperParameters family) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return new Given(family, Optional.empty());
    }
    try {
      Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
      return new Given(
          content.over(family),
          Optional.ofNullable(content.contextTemplates()).map(ContextTemplates::new));
    } catch (JsonProcessingException e) {
      throw new Fault(FaultCode.JSON_INVALID, file + ": " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.JSON_INVALID, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, file + " cannot be read", e);
    }
  }

  /** Writes the file of a folder. */
  public static void write(Path folder, HyperParameters numbers, ContextTemplates templates) {
    Content content =
        new Content(
            numbers.layers(),
            numbers.steps(),
            numbers.learningRate(),
            numbers.lambda(),
            numbers.clamp(),
            numbers.weightDecay(),
            numbers.klFactor(),
            numbers.lossStop(),
            numbers.templates(),
            numbers.method(),
            null,
            templates.texts());
    try {
      Files.write(folder.resolve(NAME), JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, folder.resolve(NAME) + " cannot be written", e);
    }
  }
}
