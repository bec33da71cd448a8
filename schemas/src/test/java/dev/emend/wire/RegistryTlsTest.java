package dev.emend.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry with TLS whose certificate only our trust store knows. */
class RegistryTlsTest {
  private static final String PASSWORD = "not-for-the-log";
  @TempDir static Path folder;
  private static Path keys;

  @BeforeAll
  static void makeKeys() {
    keys = folder.resolve("keys.p12");
    TestKeys.make(keys, PASSWORD);
  }

  @Test
  void shouldTrustWhatItsOwnStoreHoldsAndNobodyElse() {
    try (FakeRegistry registry = registry()) {
      Map<String, String> settings = settings(registry);
      SchemaRegistryClient client = SchemaRegistryClient.from(settings);
      assertThat(client.latest("nothing")).isEmpty();

      settings.remove(WireConfig.TRUSTSTORE_LOCATION);
      SchemaRegistryClient stranger = SchemaRegistryClient.from(settings);
      assertThatThrownBy(() -> stranger.latest("nothing"))
          .isInstanceOfSatisfying(
              Fault.class,
              fault -> assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_UNAVAILABLE));
    }
  }

  @Test
  void shouldShowNoSecretWhereAStoreCannotBeOpened() {
    try (FakeRegistry registry = registry()) {
      Map<String, String> settings = settings(registry);
      settings.put(WireConfig.TRUSTSTORE_PASSWORD, "another-secret");
      assertThat(RegistrySettings.from(settings).toString())
          .contains("keys.p12")
          .doesNotContain("another-secret", PASSWORD);
      assertThatThrownBy(() -> SchemaRegistryClient.from(settings))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.USAGE))
          .hasMessageContaining("keys.p12")
          .hasMessageNotContaining("another-secret");
    }
  }

  private static FakeRegistry registry() {
    RegistryTls.Store store =
        new RegistryTls.Store(keys, "PKCS12", Optional.of(PASSWORD), Optional.empty());
    RegistryTls both = new RegistryTls(Optional.of(store), Optional.of(store));
    return FakeRegistry.secured(
        both.context().orElseThrow(), Authorization.basic("emend:" + PASSWORD).headerValue());
  }

  private static Map<String, String> settings(FakeRegistry registry) {
    Map<String, String> settings = new HashMap<>(registry.settings());
    settings.put(WireConfig.BASIC_AUTH_SOURCE, "USER_INFO");
    settings.put(WireConfig.BASIC_AUTH_USER_INFO, "emend:" + PASSWORD);
    settings.put(WireConfig.TRUSTSTORE_LOCATION, keys.toString());
    settings.put(WireConfig.TRUSTSTORE_PASSWORD, PASSWORD);
    return settings;
  }
}
