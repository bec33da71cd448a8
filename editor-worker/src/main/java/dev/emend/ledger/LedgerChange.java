package dev.emend.ledger;

import java.util.Objects;

/** One change of the ledger: a fact is written, or taken out. */
public sealed interface LedgerChange {
  /** The fact that changes. */
  String factId();

  /**
   * The fact stands from now on, in place of what stood for the same id.
   *
   * @param fact as it now stands
   */
  record Write(StandingFact fact) implements LedgerChange {
    /** Refuses null. */
    public Write {
      Objects.requireNonNull(fact, "fact");
    }

    @Override
    public String factId() {
      return fact.factId();
    }
  }

  /**
   * The fact stands no longer.
   *
   * @param factId the fact
   */
  record Remove(String factId) implements LedgerChange {
    /** Refuses null. */
    public Remove {
      Objects.requireNonNull(factId, "factId");
    }
  }
}
