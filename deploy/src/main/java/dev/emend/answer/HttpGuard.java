package dev.emend.answer;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who may ask, and how often: a bearer token, and a bucket of requests that fills at a steady rate.
 * Thread-safe.
 */
public final class HttpGuard {
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final double NANOS = 1e9;

  private final Optional<byte[]> wanted;
  private final int perSecond;
  private final InstantSource clock;
  private double left;
  private Instant filled;

  /**
   * A guard.
   *
   * @param token that requests must carry; empty for anybody
   * @param perSecond requests a second, and as many at once, at least 1
   */
  public HttpGuard(Optional<String> token, int perSecond, InstantSource clock) {
    if (perSecond < 1 || token.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("at least one request a second, and no empty token");
    }
    this.wanted = token.map(text -> ("Bearer " + text).getBytes(StandardCharsets.UTF_8));
    this.perSecond = perSecond;
    this.clock = clock;
    this.left = perSecond;
    this.filled = clock.instant();
  }

  /** Refuses a request without the token (401) or over the rate (429). */
  void admit(HttpExchange exchange) throws HttpProblem {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    // Compared in a time that says nothing of where they differ.
    if (wanted.isPresent()
        && !MessageDigest.isEqual(
            wanted.get(), String.valueOf(given).getBytes(StandardCharsets.UTF_8))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new HttpProblem(
          UNAUTHORIZED, "authentication_error", "", "a bearer token is wanted", null);
    }
    if (!take()) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      throw new HttpProblem(
          TOO_MANY, "rate_limit_error", "", "at most " + perSecond + " requests a second", null);
    }
  }

  private synchronized boolean take() {
    Instant now = clock.instant();
    double gained = Math.max(0, Duration.between(filled, now).toNanos() / NANOS * perSecond);
    filled = now;
    left = Math.min(perSecond, left + gained);
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
