package dev.emend.topic;

import dev.emend.size.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/**
 * How much a principal may send to a broker: above that the broker lets it wait, whatever its
 * records say of themselves.
 *
 * @param user name of the principal without its type
 * @param bytesPerSecond what it may send to each broker, above 0
 */
public record ProduceRate(String user, ByteSize bytesPerSecond) {
  /** Kafka's name of the setting. */
  public static final String SETTING = "producer_byte_rate";

  private static final String USER_TYPE = "User:";

  /** Refuses an empty user and a rate of nothing. */
  public ProduceRate {
    Objects.requireNonNull(bytesPerSecond, "bytesPerSecond");
    if (user.isEmpty() || bytesPerSecond.bytes() == 0) {
      throw new IllegalArgumentException("a rate needs a user and must be above 0");
    }
  }

  /**
   * The rate of a principal.
   *
   * @param principal as the authorizer names it; Kafka limits users only
   * @throws IllegalArgumentException if it is no user
   */
  public static ProduceRate of(String principal, ByteSize bytesPerSecond) {
    if (!principal.startsWith(USER_TYPE)) {
      throw new IllegalArgumentException("Kafka limits users only, not '" + principal + "'");
    }
    return new ProduceRate(principal.substring(USER_TYPE.length()), bytesPerSecond);
  }

  /** What an admin client applies. */
  public ClientQuotaAlteration alteration() {
    return new ClientQuotaAlteration(
        new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user)),
        List.of(new ClientQuotaAlteration.Op(SETTING, (double) bytesPerSecond.bytes())));
  }
}
