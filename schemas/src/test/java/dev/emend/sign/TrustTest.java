package dev.emend.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private final SigningKey key = SigningKey.generate();
  private final ModelDelta signed = key.sign(SignedRecords.delta());
  @TempDir private Path folder;

  private Trust json(String fields) throws IOException {
    return read("{\"keys\": [{\"public_key\": \"" + key.publicKey() + "\"" + fields + "}]}");
  }

  private Trust read(String text) throws IOException {
    return Trust.read(Files.writeString(folder.resolve("trust.json"), text));
  }

  private static void expect(FaultCode code, String message, ThrowingCallable call) {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault).isNotNull().hasMessageContaining(message);
    assertThat(fault.code()).isEqualTo(code);
  }

  @Test
  void shouldSayWhetherASignatureIsMissingOrOfAStranger() {
    Trust trust = SignedRecords.trust(key);
    expect(
        FaultCode.SIGNATURE_MISSING,
        "version 7 of m is not signed",
        () -> trust.require(SignedRecords.delta()));
    SigningKey stranger = SigningKey.generate();
    expect(
        FaultCode.SIGNER_UNKNOWN,
        stranger.id(),
        () -> trust.require(stranger.sign(SignedRecords.delta())));
  }

  @Test
  void shouldNotBelieveAStrangerWhoNamesAKnownKey() {
    ModelDelta forged = SigningKey.generate().sign(SignedRecords.delta());
    forged.getSignature().setKeyId(key.id());
    expect(FaultCode.SIGNATURE_WRONG, key.id(), () -> SignedRecords.trust(key).require(forged));
  }

  @Test
  void shouldHoldAKeyToItsVersionsTimesModelsAndUses() throws IOException {
    for (String allowed :
        List.of(
            "",
            ", \"from_version\": 7, \"to_version\": 7",
            ", \"from\": \"1970-01-01T00:16:40Z\", \"until\": \"1970-01-01T00:16:41Z\"",
            ", \"models\": [\"other\", \"m\"], \"uses\": [\"versions\"]")) {
      Trust trust = json(allowed);
      assertThatCode(() -> trust.require(signed)).as(allowed).doesNotThrowAnyException();
    }
    for (String refused :
        List.of(
            ", \"from_version\": 8",
            ", \"to_version\": 6",
            ", \"from\": \"1970-01-01T00:16:40.001Z\"",
            ", \"until\": \"1970-01-01T00:16:40Z\"",
            ", \"models\": [\"other\"]",
            ", \"uses\": [\"heads\"]")) {
      Trust trust = json(refused);
      expect(FaultCode.SIGNER_NOT_VALID, key.id(), () -> trust.require(signed));
    }
  }

  @Test
  void shouldLetAModelBeUnsignedUpToTheStatedVersion() {
    Trust trust = new Trust(List.of(), Map.of("m", 7L));
    assertThatCode(() -> trust.require(SignedRecords.delta())).doesNotThrowAnyException();
    assertThatCode(() -> trust.require(SignedRecords.head())).doesNotThrowAnyException();
    expect(
        FaultCode.SIGNATURE_MISSING,
        "not signed",
        () -> new Trust(List.of(), Map.of("m", 6L)).require(SignedRecords.delta()));
    expect(FaultCode.SIGNER_UNKNOWN, "not in the trust file", () -> trust.require(signed));
  }

  @Test
  void shouldRotateFromOneKeyToTheNextAtAVersion() {
    SigningKey next = SigningKey.generate();
    Trust trust = SignedRecords.trust(key).with(next, 8, "from the new host").retiring(key.id(), 7);
    ModelDelta eighth = ModelDelta.newBuilder(SignedRecords.delta()).setVersion(8).build();

    assertThatCode(() -> trust.require(signed)).doesNotThrowAnyException();
    assertThatCode(() -> trust.require(next.sign(eighth))).doesNotThrowAnyException();
    expect(FaultCode.SIGNER_NOT_VALID, "0 to 7 only", () -> trust.require(key.sign(eighth)));
    expect(
        FaultCode.SIGNER_NOT_VALID,
        next.id(),
        () -> trust.require(next.sign(SignedRecords.delta())));
  }

  @Test
  void shouldReadWhatItWrote() {
    Trust trust =
        new Trust(
            List.of(
                new TrustedKey(
                    SignedRecords.trust(key).keys().get(0).key(),
                    Set.of(KeyUse.HEADS),
                    Set.of("m"),
                    3,
                    9,
                    Optional.of(Instant.ofEpochSecond(1)),
                    Optional.of(Instant.ofEpochSecond(2)),
                    "worker")),
            Map.of("m", 2L));
    Path file = folder.resolve("written.json");
    trust.write(file);

    assertThat(Trust.read(file).keys()).isEqualTo(trust.keys());
    assertThat(Trust.read(file).unsigned()).isEqualTo(trust.unsigned());
  }

  @Test
  void shouldRefuseATrustFileWithAMistakeInIt() {
    for (String mistake :
        List.of(
            ", \"to_verison\": 6",
            ", \"to_version\": \"6\"",
            ", \"models\": []",
            ", \"uses\": [\"everything\"]",
            ", \"until\": \"tomorrow\"",
            ", \"id\": \"0000000000000000\"",
            ", \"from_version\": 5, \"to_version\": 4")) {
      expect(FaultCode.JSON_INVALID, "trust.json", () -> json(mistake));
    }
    expect(FaultCode.JSON_INVALID, "not usable", () -> read("{\"keys\": [{}]}"));
    expect(FaultCode.JSON_INVALID, "not usable", () -> read("{\"key\": []}"));
    expect(FaultCode.JSON_INVALID, "not usable", () -> read("keys"));
    assertThatThrownBy(() -> Trust.read(folder.resolve("none.json")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("emend keys new");
  }

  @Test
  void shouldKeepAKeyInAFileForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("worker.pem");
    key.write(file);

    assertThat(SigningKey.read(file).publicKey()).isEqualTo(key.publicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    expect(FaultCode.FILE_NOT_WRITABLE, "never overwritten", () -> key.write(file));
    assertThat(key.toString()).isEqualTo("SigningKey " + key.id());
  }

  @Test
  void shouldReadAKeyThatOpensslMadeAndKnowItsPublicKey() throws IOException {
    // RFC 8032, section 7.1, test 1; the private key as openssl writes it.
    Path file =
        Files.writeString(
            folder.resolve("rfc.pem"),
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """);
    assertThat(SigningKey.read(file).publicKey())
        .isEqualTo("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  }

  @Test
  void shouldSayNothingOfAFileThatHoldsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.txt"), "hunter2");
    Fault fault = catchThrowableOfType(Fault.class, () -> SigningKey.read(file));
    assertThat(fault).hasMessageContaining("secret.txt").hasMessageNotContaining("hunter2");
    assertThat(fault.code()).isEqualTo(FaultCode.USAGE);
    assertThat(fault.getCause()).isNull();
  }
}
