package dev.emend.itests.stack;

import dev.emend.local.LocalStack;
import dev.emend.local.LocalStackOptions;
import java.net.URI;

/** The stack that {@code emend up} starts, in this JVM. */
final class EmbeddedServers implements Servers {
  private final LocalStack stack = LocalStack.start(LocalStackOptions.temporary());

  @Override
  public String bootstrapServers() {
    return stack.bootstrapServers();
  }

  @Override
  public URI registryUrl() {
    return stack.registryUrl();
  }

  @Override
  public String provider() {
    return "embedded";
  }

  @Override
  public void close() {
    stack.close();
  }
}
