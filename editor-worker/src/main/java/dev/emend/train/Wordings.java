package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ways in which each relation is put into words. A wording holds {@code {}} where the subject
 * goes; the object follows it after a space. Trained wordings are learnt from, held-out ones only
 * measured.
 */
public final class Wordings {
  private static final String SUBJECT = "{}";

  private final Map<String, List<String>> trained;
  private final Map<String, List<String>> heldOut;

  private Wordings(Map<String, List<String>> trained, Map<String, List<String>> heldOut) {
    this.trained = trained;
    this.heldOut = heldOut;
  }

  /** Reads a table with the columns relation, split ({@code train|held_out}) and wording. */
  public static Wordings read(Path file) {
    Map<String, List<String>> trained = new TreeMap<>();
    Map<String, List<String>> heldOut = new TreeMap<>();
    for (TabSeparated.Row row : TabSeparated.read(file, "relation", "split", "wording")) {
      String wording = row.cell(2);
      if (wording.split("\\{}", -1).length != 2) {
        throw TabSeparated.fault(file, row.line(), "a wording needs {} exactly once");
      }
      Map<String, List<String>> target =
          switch (row.cell(1)) {
            case "train" -> trained;
            case "held_out" -> heldOut;
            default -> throw TabSeparated.fault(file, row.line(), "split: train or held_out");
          };
      target.computeIfAbsent(row.cell(0), relation -> new ArrayList<>()).add(wording);
    }
    return new Wordings(trained, heldOut);
  }

  /**
   * The same with more wordings to learn from, by relation. Those that are known already, trained
   * or held out, and relations without wordings of their own are passed over.
   */
  Wordings with(Map<String, List<String>> more) {
    Map<String, List<String>> all = new TreeMap<>();
    trained.forEach(
        (relation, own) -> {
          Set<String> joined = new LinkedHashSet<>(own);
          joined.addAll(more.getOrDefault(relation, List.of()));
          heldOut.getOrDefault(relation, List.of()).forEach(joined::remove);
          all.put(relation, List.copyOf(joined));
        });
    return new Wordings(all, heldOut);
  }

  /** The wordings to learn from. */
  public List<String> trained(String relation) {
    return of(trained, relation, "train");
  }

  /** The wordings that training never sees. */
  public List<String> heldOut(String relation) {
    return of(heldOut, relation, "held_out");
  }

  /** The wording with the subject in its place. */
  public static String prompt(String wording, String subject) {
    return wording.replace(SUBJECT, subject);
  }

  private static List<String> of(
      Map<String, List<String>> wordings, String relation, String split) {
    List<String> found = wordings.get(relation);
    if (found == null) {
      throw new Fault(
          FaultCode.FACT_INVALID, "relation " + relation + " has no " + split + " wording");
    }
    return List.copyOf(found);
  }
}
