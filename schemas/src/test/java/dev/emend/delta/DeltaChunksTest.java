package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.size.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaChunksTest {
  private static final ByteSize ROOM = new ByteSize(1 << 20);

  @TempDir Path temp;

  @Property(tries = 200)
  void shouldJoinPiecesInAnyOrderWithRepetitions(
      @ForAll @IntRange(min = 1, max = 500) int length,
      @ForAll @IntRange(min = 1, max = 90) int limit,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    List<DeltaChunk> chunks = DeltaChunks.split("k", ByteBuffer.wrap(bytes), new ByteSize(limit));
    List<DeltaChunk> sent = new ArrayList<>(chunks);
    sent.addAll(chunks.subList(0, chunks.size() / 2));
    Collections.shuffle(sent, random);
    ChunkAssembler assembler = new ChunkAssembler(ROOM);
    sent.forEach(assembler::add);

    assertThat(chunks).allSatisfy(c -> assertThat(c.getPayload().remaining()).isBetween(1, limit));
    assertThat(assembler.payload(chunked(chunks.size()))).isEqualTo(ByteBuffer.wrap(bytes));
    assertThat(assembler.held().bytes()).isEqualTo(length);
    assembler.forget("k");
    assertThat(assembler.held().bytes()).isZero();
  }

  @Test
  void shouldSayHowManyPiecesAreMissing() {
    List<DeltaChunk> chunks =
        DeltaChunks.split("k", ByteBuffer.wrap(new byte[10]), new ByteSize(4));
    ChunkAssembler assembler = new ChunkAssembler(ROOM);
    assembler.add(chunks.get(2));
    assertThat(assembler.holds(chunked(3))).isFalse();
    assertThatThrownBy(() -> assembler.payload(chunked(3)))
        .isInstanceOf(Fault.class)
        .hasMessage("only 1 of the 3 pieces of k are at hand");
    assertThatThrownBy(
            () -> assembler.add(new DeltaChunk("k", 3, 3, ByteBuffer.allocate(1), 0, null)))
        .hasMessage("piece 3 of 3 of k");
  }

  @Test
  void shouldNotMixTwoCutsOfOnePayload() {
    ChunkAssembler assembler = new ChunkAssembler(ROOM);
    assembler.add(new DeltaChunk("k", 0, 3, ByteBuffer.allocate(4), 0, null));
    assembler.add(new DeltaChunk("k", 1, 2, ByteBuffer.allocate(5), 0, null));
    assertThat(assembler.held().bytes()).isEqualTo(5);
    assertThat(assembler.holds(chunked(2))).isFalse();
    assembler.add(new DeltaChunk("k", 0, 2, ByteBuffer.allocate(5), 0, null));
    assertThat(assembler.payload(chunked(2)).remaining()).isEqualTo(10);
  }

  @Test
  void shouldForgetTheOldestPayloadBeyondItsRoom() {
    ChunkAssembler assembler = new ChunkAssembler(new ByteSize(100));
    assembler.add(new DeltaChunk("old", 0, 2, ByteBuffer.allocate(60), 0, null));
    assembler.add(new DeltaChunk("new", 0, 1, ByteBuffer.allocate(60), 0, null));
    assertThat(assembler.held().bytes()).isEqualTo(60);
  }

  @Test
  void shouldRefuseAPieceThatIsNotWhatItStates() {
    List<DeltaChunk> cut = DeltaChunks.split("k", ByteBuffer.wrap(new byte[50]), new ByteSize(20));
    ChunkAssembler assembler = new ChunkAssembler(ROOM);
    cut.forEach(assembler::add);
    assertThat(cut).extracting(DeltaChunk::getLength).containsExactly(20, 20, 10);
    assertThat(assembler.payload(chunked(3)).remaining()).isEqualTo(50);

    DeltaChunk flipped = cut.get(1);
    flipped.setPayload(ByteBuffer.allocate(20).put(3, (byte) 1));
    assertThatThrownBy(() -> assembler.add(flipped)).hasMessageContaining("piece 1 of k");
    flipped.setSha256(null); // as in records from before pieces stated it
    assembler.add(flipped);
    assertThat(assembler.payload(chunked(3)).get(23)).isEqualTo((byte) 1);
  }

  @Test
  void shouldFollowADeltaWhosePayloadsTravelInChunks() throws IOException {
    ModelState base = ModelState.open("capitals", TestDeltas.folder(temp.resolve("base"), 5));
    StagedVersion staged = TestSteps.next(base);
    PackedDelta packed = new DeltaPackager(new ByteSize(100), new ByteSize(40)).pack(staged);
    ChunkAssembler assembler = new ChunkAssembler(ROOM);
    packed.chunks().forEach(assembler::add);
    ModelDelta delta = TestSteps.record(packed);

    ModelState followed = base.follow(delta, assembler, ExactUpdate.sequential()).result();

    assertThat(followed.version()).isEqualTo(staged.result().version());
    assertThat(packed.tensors().get(0).getInline()).isNull();
    assertThat(packed.tensors().get(0).getChunks()).isEqualTo(4);
    assertThat(packed.chunks()).hasSize(4);
    assertThat(packed.tensors().get(1).getInline()).isNotNull();
    assertThat(packed.chunks().get(0).getChunkKey()).startsWith("capitals|1|h.0.linear.weight|");
  }

  private static TensorDelta chunked(int count) {
    TensorDelta tensor = new TensorDelta();
    tensor.setChunkKey("k");
    tensor.setChunks(count);
    return tensor;
  }
}
