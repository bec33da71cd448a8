package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the schema registry is and how patient we are with it.
 *
 * @param addresses base addresses, tried in order; no user info, no trailing slash
 * @param authorization sent with each request, if any
 * @param tls whom to trust where an address is of HTTPS
 * @param retries how often a round over all addresses is repeated
 * @param retryWait pause before the first repeat; doubles with each
 * @param connectTimeout time to connect
 * @param readTimeout time for one answer
 */
public record RegistrySettings(
    List<URI> addresses,
    Optional<Authorization> authorization,
    RegistryTls tls,
    int retries,
    Duration retryWait,
    Duration connectTimeout,
    Duration readTimeout) {

  /** Copies the addresses; refuses an empty list. */
  public RegistrySettings {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new Fault(
          FaultCode.USAGE,
          WireConfig.REGISTRY_URL + " is not set; give for example http://localhost:8081");
    }
  }

  /** Settings with default patience for one address, which may hold {@code user:password@}. */
  public static RegistrySettings at(String address) {
    return from(Map.of(WireConfig.REGISTRY_URL, address));
  }

  /**
   * Reads the settings that {@link WireConfig} names and ignores all others.
   *
   * @throws Fault with {@link FaultCode#USAGE} if a setting is missing or unusable
   */
  public static RegistrySettings from(Map<String, ?> config) {
    SettingReader settings = new SettingReader(config);
    List<URI> addresses = new ArrayList<>();
    Optional<String> userInfo = Optional.empty();
    for (String part : settings.text(WireConfig.REGISTRY_URL).orElse("").split(",")) {
      if (!part.isBlank()) {
        URI address = parse(part.strip());
        userInfo = userInfo.or(() -> Optional.ofNullable(address.getUserInfo()));
        addresses.add(withoutUserInfo(address));
      }
    }
    return new RegistrySettings(
        addresses,
        Authorization.from(settings, userInfo),
        RegistryTls.from(settings),
        settings.count(WireConfig.MAX_RETRIES, 3),
        settings.millis(WireConfig.RETRY_WAIT, Duration.ofMillis(200)),
        settings.millis(WireConfig.CONNECT_TIMEOUT, Duration.ofSeconds(5)),
        settings.millis(WireConfig.READ_TIMEOUT, Duration.ofSeconds(10)));
  }

  private static URI parse(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return address;
      }
    } catch (URISyntaxException e) {
      // falls through to the one message for every unusable address
    }
    // The text is not repeated: it may hold a password.
    throw new Fault(
        FaultCode.USAGE,
        WireConfig.REGISTRY_URL + " holds something that is no http(s) address with a host");
  }

  private static URI withoutUserInfo(URI address) {
    String path = address.getRawPath() == null ? "" : address.getRawPath().replaceAll("/+$", "");
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return URI.create(address.getScheme() + "://" + address.getHost() + port + path);
  }
}
