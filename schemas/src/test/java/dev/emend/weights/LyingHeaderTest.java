package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LyingHeaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 12 bytes by its shape but 8",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | take 16 bytes but the file has 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | take 4 bytes but the file has 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | leaves a gap before",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | unusable number -2",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,8]}} | unusable number 1.5",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | unusable",
        "{'a':{'dtype':'F64','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | too many",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | by its offsets",
        "{'a':{'dtype':'Q4','shape':[2],'data_offsets':[0,8]}} | unknown dtype",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | has no shape",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | no pair of data_offsets",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{}} | Duplicate field 'a'",
        "{'__metadata__':{'x':1}} | metadata x is not a text",
        "[] | not a JSON object",
        "{'a' | not JSON",
        "{} {} | not JSON"
      })
  void shouldSayWhatIsWrongWithAHeader(String header, String reason) throws IOException {
    assertRefused(bytes(header.replace('\'', '"'), 8), reason);
  }

  @Test
  void shouldRefuseOverlappingTensors() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    assertRefused(bytes(header, 12), "tensor b overlaps the one before");
  }

  @Test
  void shouldRefuseHeaderLengthsBeyondTheFileBeforeAllocating() throws IOException {
    for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 40, 100_000_001, 9}) {
      ByteBuffer file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertRefused(file.array(), "states a header of " + Long.toUnsignedString(length));
    }
    assertRefused(new byte[7], "has only 7 bytes");
  }

  @Test
  void shouldRefuseEveryTruncation() throws IOException {
    byte[] good = goodFile();
    for (int length = 0; length < good.length; length++) {
      assertRefused(Arrays.copyOf(good, length), "");
    }
    assertRefused(Arrays.copyOf(good, good.length + 1), "but the file has");
  }

  @Test
  void shouldReadOrRefuseMutatedFilesButNeverBreak() throws IOException {
    Random random = new Random(4711);
    byte[] good = goodFile();
    int refused = 0;
    for (int round = 0; round < 800; round++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        SafetensorsFile file = open(bytes);
        file.names().forEach(name -> assertThat(readAny(file, name)).isLessThan(100));
      } catch (Fault e) {
        assertThat(e.code()).isEqualTo(FaultCode.SAFETENSORS_CORRUPT);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  private static int readAny(SafetensorsFile file, String name) {
    return file.info(name).dtype().hasFloatForm()
        ? file.floats(name).length
        : file.bytes(name).remaining();
  }

  private byte[] goodFile() throws IOException {
    Path path = folder.resolve("good.safetensors");
    TestTensors.write(path, Map.of("first", new float[] {1, 2}, "second", new float[] {3, 4, 5}));
    return Files.readAllBytes(path);
  }

  private static byte[] bytes(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + dataBytes);
    return file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array();
  }

  private SafetensorsFile open(byte[] bytes) throws IOException {
    // A new file each time: a mapped one must not be truncated.
    Path path = Files.createTempFile(folder, "x", ".safetensors");
    Files.write(path, bytes);
    return SafetensorsFile.open(path);
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.SAFETENSORS_CORRUPT))
        .hasMessageContaining(reason);
  }
}
