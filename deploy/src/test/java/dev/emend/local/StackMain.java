package dev.emend.local;

import java.nio.charset.StandardCharsets;

/**
 * A process that starts a stack, says where it is, and is then killed by {@link KilledStackTest}.
 */
final class StackMain {
  private StackMain() {}

  public static void main(String[] args) throws Exception {
    try (LocalStack stack = LocalStack.start(LocalStackOptions.temporary())) {
      String line = stack.registryProcess().pid() + " " + stack.folder() + "\n";
      System.out.write(line.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
      System.in.read();
    }
  }
}
