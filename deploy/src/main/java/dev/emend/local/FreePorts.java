package dev.emend.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds TCP ports of the loopback interface that nobody listens on. */
final class FreePorts {
  private FreePorts() {}

  /** A port that was free a moment ago and differs from {@code other}. */
  static int otherThan(int other) throws IOException {
    while (true) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (probe.getLocalPort() != other) {
          return probe.getLocalPort();
        }
      }
    }
  }
}
