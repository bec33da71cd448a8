package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.history.WeightDifference;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VersionRebuildTest {
  private final FakeLog log = new FakeLog();
  private final Path base;
  private final List<ModelState> states = new ArrayList<>();
  private final VersionRebuild rebuild;

  VersionRebuildTest(@TempDir Path folder) {
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    TinyModel worker = TinyModel.worker("m", base, 2, new ByteSize(0));
    states.add(worker.state());
    for (int i = 0; i < 5; i++) {
      TinyModel.Version version = worker.next();
      log.append(version.delta(), version.chunks());
      states.add(worker.state());
    }
    this.rebuild = rebuildFrom(base);
  }

  private VersionRebuild rebuildFrom(Path start) {
    return new VersionRebuild(
        FakeLog.TOPICS,
        ModelSources.of("m", start),
        log::consumer,
        log.records(),
        InstantSource.system());
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void shouldRebuildAnyVersionBitForBit() {
    for (ModelState state : states) {
      ModelState rebuilt = rebuild.at(state.version().version());

      assertThat(rebuilt.version()).isEqualTo(state.version());
      assertThat(rebuilt.floats(TinyModel.WEIGHT.name()))
          .isEqualTo(state.floats(TinyModel.WEIGHT.name()));
    }
  }

  @Test
  void shouldMeasureHowFarTensorsLieApart() {
    List<WeightDifference> found = WeightDifference.between(states.get(1), states.get(4));

    assertThat(found)
        .extracting(WeightDifference::tensor)
        .containsExactly(TinyModel.WEIGHT.name(), TinyModel.OTHER.name());
    float[] from = states.get(1).floats(TinyModel.WEIGHT.name());
    float[] to = states.get(4).floats(TinyModel.WEIGHT.name());
    double squares = 0;
    for (int i = 0; i < from.length; i++) {
      squares += Math.pow((double) to[i] - from[i], 2);
    }
    assertThat(found.get(0).difference()).isCloseTo(Math.sqrt(squares), Offset.offset(1e-9));
    assertThat(WeightDifference.between(states.get(2), states.get(2))).isEmpty();
  }

  @Test
  void shouldSayThatNoStartIsEarlyEnough(@TempDir Path folder) {
    SnapshotShelf shelf = new SnapshotShelf(folder);
    shelf.add(new Served(states.get(3), Optional.empty()));
    VersionRebuild late = rebuildFrom(shelf.at(3).path());

    assertThat(late.at(4).version()).isEqualTo(states.get(4).version());
    assertThatThrownBy(() -> late.at(2))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("version 2");
  }
}
