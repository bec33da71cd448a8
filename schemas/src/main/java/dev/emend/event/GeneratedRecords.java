package dev.emend.event;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Makes Avro trust our records (those of this package and what a module keeps for itself), which it
 * otherwise refuses to load by name, even for their own builders. Avro itself loads this class as a
 * service before it makes the first record, so that no program has to call anything or set a JVM
 * property. It converts nothing.
 */
public final class GeneratedRecords extends Conversion<GeneratedRecords> {
  private static final String HOME = "dev.emend.";

  static {
    ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate ours = type -> type.getPackageName().startsWith(HOME);
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(others, ours));
  }

  /** For the service loader. */
  public GeneratedRecords() {}

  @Override
  public Class<GeneratedRecords> getConvertedType() {
    return GeneratedRecords.class;
  }

  @Override
  public String getLogicalTypeName() {
    return "emend-generated-records";
  }
}
