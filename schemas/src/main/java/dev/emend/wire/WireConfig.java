package dev.emend.wire;

/**
 * Names of the settings, as Confluent's clients have them, so that one properties file serves both.
 */
public final class WireConfig {
  /** Addresses of the registry, separated by commas; a base path is kept. Required. */
  public static final String REGISTRY_URL = "schema.registry.url";

  /** Whether a writer registers its schema; default true. */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  /** Whether a writer without auto-registration writes with the newest schema; default false. */
  public static final String USE_LATEST = "use.latest.version";

  /** Confluent's switch to generated classes; here always true, and {@code false} is refused. */
  public static final String SPECIFIC_READER = "specific.avro.reader";

  /** Class of the record a value deserializer without a type of its own is to return. */
  public static final String VALUE_TYPE = "specific.avro.value.type";

  /** Class of the record a key deserializer without a type of its own is to return. */
  public static final String KEY_TYPE = "specific.avro.key.type";

  /** Where the user and password are: {@code URL} (default) or {@code USER_INFO}. */
  public static final String BASIC_AUTH_SOURCE = "basic.auth.credentials.source";

  /** {@code user:password} for {@code USER_INFO}. */
  public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";

  /** Only {@code STATIC_TOKEN} is understood. */
  public static final String BEARER_SOURCE = "bearer.auth.credentials.source";

  /** Token sent as {@code Authorization: Bearer}. */
  public static final String BEARER_TOKEN = "bearer.auth.token";

  /** Certificates that are trusted; the JVM's where it is not set. */
  public static final String TRUSTSTORE_LOCATION = "schema.registry.ssl.truststore.location";

  /** Its password. */
  public static final String TRUSTSTORE_PASSWORD = "schema.registry.ssl.truststore.password";

  /** {@code JKS} (default, opens PKCS12 too) or {@code PKCS12}. */
  public static final String TRUSTSTORE_TYPE = "schema.registry.ssl.truststore.type";

  /** Key and certificate of the client. */
  public static final String KEYSTORE_LOCATION = "schema.registry.ssl.keystore.location";

  /** Its password. */
  public static final String KEYSTORE_PASSWORD = "schema.registry.ssl.keystore.password";

  /** As {@link #TRUSTSTORE_TYPE}. */
  public static final String KEYSTORE_TYPE = "schema.registry.ssl.keystore.type";

  /** Password of the key, where it is not that of its store. */
  public static final String KEY_PASSWORD = "schema.registry.ssl.key.password";

  /** Subject naming of keys: Confluent's class name or {@link SubjectNaming}'s constant. */
  public static final String KEY_NAMING = "key.subject.name.strategy";

  /** Subject naming of values: Confluent's class name or {@link SubjectNaming}'s constant. */
  public static final String VALUE_NAMING = "value.subject.name.strategy";

  /** How often a request that failed for the moment is repeated; default 3. */
  public static final String MAX_RETRIES = "max.retries";

  /** First pause before a repeat, milliseconds; doubles each time; default 200. */
  public static final String RETRY_WAIT = "retries.wait.ms";

  /** Time to connect, milliseconds; default 5000. */
  public static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";

  /** Time to answer one request, milliseconds; default 10000. */
  public static final String READ_TIMEOUT = "http.read.timeout.ms";

  /** Largest record written or read, for example {@code 32MB} (default). Our own setting. */
  public static final String MAX_RECORD_SIZE = "emend.max.record.size";

  private WireConfig() {}
}
