package dev.emend.memit;

import dev.emend.fault.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A window sorted out before anything is touched.
 *
 * @param released standing facts to take out: those retracted and those overwritten
 * @param retracted the retracted ones among them
 * @param written ids of the facts to write
 * @param tokens how the model reads them, in the same order
 * @param rejected what cannot be edited
 */
record WindowPlan(
    List<String> released,
    List<String> retracted,
    List<String> written,
    List<EditTokens> tokens,
    List<Rejection> rejected) {

  static WindowPlan of(List<EditRequest> requests, Set<String> standing, FactReader reader) {
    WindowPlan plan =
        new WindowPlan(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (EditRequest request : requests) {
      boolean stands = standing.contains(request.factId());
      if (request instanceof EditRequest.Assert fact) {
        plan.write(fact, stands, reader);
      } else {
        plan.retract(request.factId(), stands);
      }
    }
    return plan;
  }

  private void write(EditRequest.Assert fact, boolean stands, FactReader reader) {
    ReadFact read = reader.read(fact);
    if (read instanceof ReadFact.Usable usable) {
      written.add(fact.factId());
      tokens.add(usable.tokens());
      if (stands) {
        released.add(fact.factId());
      }
    } else if (read instanceof ReadFact.Unusable unusable) {
      rejected.add(new Rejection(fact.factId(), unusable.reason(), unusable.detail()));
    }
  }

  private void retract(String factId, boolean stands) {
    if (stands) {
      released.add(factId);
      retracted.add(factId);
    } else {
      rejected.add(
          new Rejection(
              factId, RejectReason.NOTHING_TO_RETRACT, "the model was never told this fact"));
    }
  }
}
