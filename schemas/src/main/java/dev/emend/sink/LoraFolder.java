package dev.emend.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.delta.LowRankFactors;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes an adapter as PEFT reads it. All modules get the same rank, as servers want it. */
final class LoraFolder {
  static final String CONFIG = "adapter_config.json";
  static final String WEIGHTS = "adapter_model.safetensors";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoraAdapter adapter;
  private final String baseName;

  LoraFolder(LoraAdapter adapter, String baseName) {
    this.adapter = adapter;
    this.baseName = baseName;
  }

  void write(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".tmp");
    try {
      Files.createDirectories(temporary);
      Files.write(
          temporary.resolve(CONFIG),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config()));
      writeWeights(temporary.resolve(WEIGHTS));
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write the adapter " + folder, e);
    }
  }

  /** With alpha equal to the rank PEFT adds the product as it is. */
  private ObjectNode config() {
    ObjectNode config =
        JSON.createObjectNode()
            .put("peft_type", "LORA")
            .put("task_type", "CAUSAL_LM")
            .put("base_model_name_or_path", baseName)
            .put("inference_mode", true)
            .put("r", adapter.rank())
            .put("lora_alpha", adapter.rank())
            .put("lora_dropout", 0.0)
            .put("bias", "none")
            .put("fan_in_fan_out", adapter.layout() == WeightLayout.IN_OUT)
            .put("init_lora_weights", true)
            .put("use_rslora", false)
            .put("use_dora", false);
    config.putNull("modules_to_save");
    adapter.modules().forEach(m -> config.withArray("target_modules").add(m.module()));
    return config;
  }

  private void writeWeights(Path file) {
    long rank = adapter.rank();
    List<TensorInfo> infos = new ArrayList<>();
    for (LoraModule module : adapter.modules()) {
      infos.add(
          TensorInfo.f32(name(module, "lora_A"), List.of(rank, (long) module.factors().in())));
      infos.add(
          TensorInfo.f32(name(module, "lora_B"), List.of((long) module.factors().out(), rank)));
    }
    Map<String, String> notes =
        Map.of(
            "format", "pt",
            "emend.version", Long.toString(adapter.version().version()),
            "emend.digest", adapter.version().digest().hex(),
            "emend.relative_error", Double.toString(adapter.error()));
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, notes)) {
      for (LoraModule module : adapter.modules()) {
        writer.write(name(module, "lora_A"), FloatBlocks.of(a(module.factors())));
        writer.write(name(module, "lora_B"), FloatBlocks.of(b(module.factors())));
      }
      writer.commit();
    }
  }

  private static String name(LoraModule module, String factor) {
    return "base_model.model." + module.module() + "." + factor + ".weight";
  }

  /** [rank][in], rows of zeros where the module has fewer terms. */
  private float[] a(LowRankFactors factors) {
    float[] terms = new float[factors.rank() * factors.in()];
    factors.adj().get(terms);
    return Arrays.copyOf(terms, adapter.rank() * factors.in());
  }

  /** [out][rank]. */
  private float[] b(LowRankFactors factors) {
    float[] turned = new float[factors.out() * adapter.rank()];
    for (int o = 0; o < factors.out(); o++) {
      for (int r = 0; r < factors.rank(); r++) {
        turned[o * adapter.rank() + r] = factors.resid().get(r * factors.out() + o);
      }
    }
    return turned;
  }

  /** Deletes a folder that {@link #write} wrote. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot delete the adapter " + folder, e);
    }
  }
}
