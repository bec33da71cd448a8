package dev.emend.wire;

import java.util.UUID;
import org.apache.avro.Schema;

/** How a record names its writer's schema. */
sealed interface SchemaReference {

  /** Asks the registry for the schema. */
  Schema resolve(SchemaRegistryClient registry);

  /** The classic number. */
  record Id(int id) implements SchemaReference {
    @Override
    public Schema resolve(SchemaRegistryClient registry) {
      return registry.byId(id);
    }
  }

  /** The newer name that is the same in every registry. */
  record Guid(UUID guid) implements SchemaReference {
    @Override
    public Schema resolve(SchemaRegistryClient registry) {
      return registry.byGuid(guid);
    }
  }
}
