package dev.emend.local;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the build unpacked the registry. It is looked for beside our own classes, whether these are
 * a folder of the build ({@code target/classes}) or a jar of the assembled layout ({@code
 * emend/lib}); the system property {@value #PROPERTY} names another place.
 */
final class RegistryHome {
  static final String PROPERTY = "emend.registry.home";

  private RegistryHome() {}

  /** The class path of the registry's process: ours for the main class, then the registry's. */
  static String classPath() {
    Path own = ownClasses();
    Path home = home(own);
    try (Stream<Path> files = Files.list(home)) {
      Path runner =
          files
              .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
              .findFirst()
              .orElseThrow(() -> missing(home));
      return own + System.getProperty("path.separator") + runner;
    } catch (IOException e) {
      throw new Fault(FaultCode.STACK_START, "cannot read " + home + ": " + e, e);
    }
  }

  private static Path home(Path own) {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    return Stream.of(own.resolveSibling("emend/registry"), own.resolve("../../registry"))
        .map(Path::normalize)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> missing(own.resolveSibling("emend/registry")));
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          Optional.ofNullable(RegistryHome.class.getProtectionDomain().getCodeSource())
              .orElseThrow(() -> new Fault(FaultCode.STACK_START, "own classes not found"))
              .getLocation()
              .toURI());
    } catch (URISyntaxException e) {
      throw new Fault(FaultCode.STACK_START, "own classes not found: " + e, e);
    }
  }

  private static Fault missing(Path place) {
    return new Fault(
        FaultCode.STACK_START,
        "no schema registry in " + place + "; build again with deploy/emend --rebuild");
  }
}
