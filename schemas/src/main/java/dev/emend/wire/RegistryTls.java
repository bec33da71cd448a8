package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client of the registry trusts and who it says it is. Its text form shows no secret.
 *
 * @param trusted certificates to trust; empty for the JVM's
 * @param own key and certificate of the client; empty if the registry asks for none
 */
public record RegistryTls(Optional<Store> trusted, Optional<Store> own) {
  /** The JVM's trust and no key. */
  public static final RegistryTls STANDARD = new RegistryTls(Optional.empty(), Optional.empty());

  /**
   * A store of keys or certificates.
   *
   * @param location file
   * @param type PKCS12 or JKS
   * @param password of the store; empty if it has none
   * @param keyPassword of the key in it; that of the store where it has none of its own
   */
  public record Store(
      Path location, String type, Optional<String> password, Optional<String> keyPassword) {
    @Override
    public String toString() {
      return "Store[" + location + ", " + type + ", passwords hidden]";
    }
  }

  static RegistryTls from(SettingReader settings) {
    return new RegistryTls(
        store(
            settings,
            WireConfig.TRUSTSTORE_LOCATION,
            WireConfig.TRUSTSTORE_TYPE,
            WireConfig.TRUSTSTORE_PASSWORD),
        store(
            settings,
            WireConfig.KEYSTORE_LOCATION,
            WireConfig.KEYSTORE_TYPE,
            WireConfig.KEYSTORE_PASSWORD));
  }

  private static Optional<Store> store(
      SettingReader settings, String location, String type, String password) {
    return settings
        .text(location)
        .map(
            path ->
                new Store(
                    Path.of(path),
                    settings.text(type).orElse("JKS"), // which also opens PKCS12
                    settings.text(password),
                    settings.text(WireConfig.KEY_PASSWORD)));
  }

  /**
   * What connections are made with; empty for the JVM's own.
   *
   * @throws Fault USAGE if a store cannot be opened
   */
  public Optional<SSLContext> context() {
    if (trusted.isEmpty() && own.isEmpty()) {
      return Optional.empty();
    }
    TrustManager @Nullable [] trust = trusted.map(RegistryTls::trustManagers).orElse(null);
    KeyManager @Nullable [] keys = own.map(RegistryTls::keyManagers).orElse(null);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new Fault(FaultCode.USAGE, "TLS for the schema registry cannot be set up: " + e, e);
    }
  }

  private static TrustManager[] trustManagers(Store store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(open(store));
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(store, e);
    }
  }

  private static KeyManager[] keyManagers(Store store) {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(open(store), characters(store.keyPassword().or(store::password)));
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(store, e);
    }
  }

  private static KeyStore open(Store store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(store.type());
    try (InputStream in = Files.newInputStream(store.location())) {
      keys.load(in, characters(store.password()));
    }
    return keys;
  }

  private static char @Nullable [] characters(Optional<String> password) {
    return password.map(String::toCharArray).orElse(null);
  }

  private static Fault unusable(Store store, Exception cause) {
    return new Fault(
        FaultCode.USAGE,
        "the store %s for the schema registry cannot be opened: %s"
            .formatted(store.location(), cause),
        cause);
  }
}
