package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The value of an {@code Authorization} header. Its text form never shows the secret. */
public record Authorization(String headerValue) {

  /** HTTP basic authentication with {@code user:password}. */
  public static Authorization basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return new Authorization("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** A bearer token. */
  public static Authorization bearer(String token) {
    return new Authorization("Bearer " + token);
  }

  static Optional<Authorization> from(SettingReader settings, Optional<String> inUrl) {
    String bearer = settings.text(WireConfig.BEARER_SOURCE).orElse("STATIC_TOKEN");
    if (!bearer.equals("STATIC_TOKEN")) {
      throw SettingReader.usage(WireConfig.BEARER_SOURCE, bearer, "STATIC_TOKEN");
    }
    Optional<String> token = settings.text(WireConfig.BEARER_TOKEN);
    return token.isPresent() ? token.map(Authorization::bearer) : basicFrom(settings, inUrl);
  }

  private static Optional<Authorization> basicFrom(SettingReader settings, Optional<String> inUrl) {
    String source = settings.text(WireConfig.BASIC_AUTH_SOURCE).orElse("URL");
    return switch (source) {
      case "URL" -> inUrl.map(Authorization::basic);
      case "USER_INFO" -> Optional.of(basic(userInfo(settings)));
      default ->
          throw SettingReader.usage(WireConfig.BASIC_AUTH_SOURCE, source, "URL or USER_INFO");
    };
  }

  private static String userInfo(SettingReader settings) {
    return settings
        .text(WireConfig.BASIC_AUTH_USER_INFO)
        .orElseThrow(
            () ->
                new Fault(
                    FaultCode.USAGE,
                    WireConfig.BASIC_AUTH_SOURCE
                        + " is USER_INFO but "
                        + WireConfig.BASIC_AUTH_USER_INFO
                        + " is not set"));
  }

  @Override
  public String toString() {
    return "Authorization[hidden]";
  }
}
