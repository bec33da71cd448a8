package dev.emend.ledger;

import dev.emend.event.LedgerEntry;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one version in a file, so that a start need not read the topic: format, the
 * entries' schema, the version's chain hash, the entries as Avro, and the SHA-256 of everything
 * before. A file of another version or schema, cut short or damaged is not used. Stateless.
 */
public final class LedgerFile {
  private static final Logger log = LoggerFactory.getLogger(LedgerFile.class);
  private static final String FORMAT = "emend.ledger.1";
  private static final int BUFFER = 1 << 20;

  private LedgerFile() {}

  /**
   * Writes a ledger; the file is there entirely or not at all.
   *
   * @param chainHash of the version whose ledger it is
   * @throws Fault FILE_NOT_WRITABLE if that fails
   */
  public static void write(Path file, String model, Digest32 chainHash, FactLedger ledger) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      MessageDigest sha = sha256();
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new DigestOutputStream(Files.newOutputStream(part), sha), BUFFER))) {
        out.writeUTF(key(chainHash));
        out.writeInt(ledger.size());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        SpecificDatumWriter<LedgerEntry> writer = new SpecificDatumWriter<>(LedgerEntry.class);
        for (StandingFact fact : ledger.facts()) {
          writer.write(LedgerRecords.toEntry(model, fact), encoder);
        }
        out.flush();
        out.write(sha.digest());
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "the ledger cannot be kept in " + file, e);
    }
  }

  /** The ledger if the file holds that of the version with this chain hash. */
  public static Optional<FactLedger> read(Path file, Digest32 chainHash) {
    try (BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      MessageDigest sha = sha256();
      DataInputStream in = new DataInputStream(new DigestInputStream(bytes, sha));
      if (!in.readUTF().equals(key(chainHash))) {
        log.info("the ledger in {} is of another version and will be read from the topic", file);
        return Optional.empty();
      }
      List<StandingFact> facts = facts(in);
      byte[] expected = sha.digest();
      if (!MessageDigest.isEqual(expected, bytes.readNBytes(expected.length))) {
        throw new IOException("its digest is not as stated");
      }
      return Optional.of(FactLedger.of(facts));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | AvroRuntimeException | Fault | IllegalArgumentException e) {
      log.warn("the ledger in {} is not usable, the topic is read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static List<StandingFact> facts(DataInputStream in) throws IOException {
    int count = in.readInt();
    // Reads no further than each entry, so that the trailer stays.
    var decoder = DecoderFactory.get().directBinaryDecoder(in, null);
    SpecificDatumReader<LedgerEntry> reader = new SpecificDatumReader<>(LedgerEntry.class);
    List<StandingFact> facts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      facts.add(LedgerRecords.toFact(reader.read(null, decoder)));
    }
    return facts;
  }

  private static String key(Digest32 chainHash) {
    String schema = LedgerEntry.getClassSchema().toString();
    byte[] digest = sha256().digest(schema.getBytes(StandardCharsets.UTF_8));
    return FORMAT + " " + HexFormat.of().formatHex(digest) + " " + chainHash.hex();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
