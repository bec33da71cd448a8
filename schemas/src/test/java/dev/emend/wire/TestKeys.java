package dev.emend.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A key of this machine with a certificate that nobody has signed, for servers of tests. */
public final class TestKeys {
  private TestKeys() {}

  /** Makes a PKCS12 store that trusts itself. */
  public static void make(Path store, String password) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(tool, "-genkeypair", "-keystore"));
    command.addAll(List.of(store.toString(), "-storetype", "PKCS12", "-storepass", password));
    command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
    command.addAll(List.of("-dname", "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1"));
    try {
      Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    }
  }
}
