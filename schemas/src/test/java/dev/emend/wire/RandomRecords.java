package dev.emend.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Any values that a schema allows, the extreme ones often. */
final class RandomRecords {
  private static final String LETTERS = "aé|\\{}漢 \n😀z";

  private final Random random;

  RandomRecords(Random random) {
    this.random = random;
  }

  GenericData.Record record(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
    return record;
  }

  private @Nullable Object value(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM -> new GenericData.EnumSymbol(schema, any(schema.getEnumSymbols()));
      case ARRAY ->
          IntStream.range(0, few()).mapToObj(i -> value(schema.getElementType())).toList();
      case MAP -> map(schema.getValueType());
      case UNION -> value(any(schema.getTypes()));
      case STRING -> text();
      case BYTES -> bytes();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> number(schema);
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian() * 1e9;
      case BOOLEAN -> random.nextBoolean();
      case NULL -> null;
      default -> throw new IllegalArgumentException("no value of " + schema);
    };
  }

  /** An instant must fit into the years that Java knows. */
  private long number(Schema schema) {
    long any = random.nextLong() >> random.nextInt(64);
    return schema.getLogicalType() == null ? any : any % 100_000_000_000_000L;
  }

  private Map<String, Object> map(Schema values) {
    Map<String, Object> map = new HashMap<>();
    for (int i = few(); i > 0; i--) {
      map.put(text(), value(values));
    }
    return map;
  }

  private ByteBuffer bytes() {
    byte[] bytes = new byte[random.nextInt(700)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private String text() {
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private int few() {
    return random.nextInt(4);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
