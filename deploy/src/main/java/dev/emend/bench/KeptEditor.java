package dev.emend.bench;

import dev.emend.bench.ContinualReport.Kept;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerFile;
import dev.emend.memit.Editor;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the state of an editor in a folder, takes it back, and measures both. */
final class KeptEditor {
  private static final Digest32 VERSION = Digest32.sha256("bench".getBytes(StandardCharsets.UTF_8));

  private final Path folder;

  KeptEditor(Path folder) {
    this.folder = folder;
  }

  /** Writes, reads and checks, and computes anew; the editor is in the end as it was. */
  Kept measure(Editor editor, FactLedger ledger) {
    Path memoryFile = folder.resolve("key-memory.bin");
    Path ledgerFile = folder.resolve("ledger.bin");
    long start = System.nanoTime();
    LedgerFile.write(ledgerFile, "bench", VERSION, ledger);
    editor.keep(memoryFile);
    double save = since(start);
    start = System.nanoTime();
    FactLedger loaded = LedgerFile.read(ledgerFile, VERSION).orElseThrow(this::unusable);
    if (!editor.restore(loaded.facts(), memoryFile)) {
      throw unusable();
    }
    double load = since(start);
    start = System.nanoTime();
    editor.restore(loaded.facts());
    return new Kept(size(memoryFile) + size(ledgerFile), save, load, since(start));
  }

  private Fault unusable() {
    return new Fault(FaultCode.INTERNAL, "what was kept in " + folder + " is not usable");
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
