package dev.emend.memit;

import dev.emend.model.Decoder;
import dev.emend.token.LocatedPrompt;
import java.util.List;

/**
 * Keys and residual states of a window's facts. The key of a fact is half the key in the plain
 * prompt and half the mean over the prefixed templates; its hidden state is that of the plain
 * prompt. One thread.
 */
final class WindowReader implements KeySource, AutoCloseable {
  private final SubjectReader plain;
  private final List<SubjectReader> prefixed;
  private final int facts;
  private final int prefixes;

  private WindowReader(SubjectReader plain, List<SubjectReader> prefixed, int facts, int prefixes) {
    this.plain = plain;
    this.prefixed = prefixed;
    this.facts = facts;
    this.prefixes = prefixes;
  }

  static WindowReader of(Decoder decoder, List<EditTokens> facts, int tokensPerPart) {
    int prefixes = facts.get(0).prompts().size() - 1;
    List<LocatedPrompt> plainRows = facts.stream().map(EditTokens::plain).toList();
    List<LocatedPrompt> prefixedRows =
        facts.stream().flatMap(fact -> fact.prompts().stream().skip(1)).toList();
    return new WindowReader(
        SubjectReader.of(decoder, plainRows, tokensPerPart),
        prefixes == 0 ? List.of() : List.of(SubjectReader.of(decoder, prefixedRows, tokensPerPart)),
        facts.size(),
        prefixes);
  }

  @Override
  public void advanceTo(int layer) {
    plain.advanceTo(layer);
    prefixed.forEach(reader -> reader.advanceTo(layer));
  }

  @Override
  public List<float[]> keys() {
    float[][] own = plain.keys();
    if (prefixed.isEmpty()) {
      return List.of(own);
    }
    float[][] others = prefixed.get(0).keys();
    float[][] keys = new float[facts][];
    for (int fact = 0; fact < facts; fact++) {
      keys[fact] = halfAndHalf(own[fact], others, fact * prefixes);
    }
    return List.of(keys);
  }

  private float[] halfAndHalf(float[] own, float[][] others, int first) {
    float[] key = new float[own.length];
    for (int i = 0; i < key.length; i++) {
      double sum = 0;
      for (int row = first; row < first + prefixes; row++) {
        sum += others[row][i];
      }
      key[i] = (float) (0.5 * own[i] + 0.5 * sum / prefixes);
    }
    return key;
  }

  /** H of the plain prompts. */
  @Override
  public List<float[]> hiddenAfter(int last) {
    return List.of(plain.hiddenAfter(last));
  }

  @Override
  public void close() {
    plain.close();
    prefixed.forEach(SubjectReader::close);
  }
}
