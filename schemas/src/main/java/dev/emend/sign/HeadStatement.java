package dev.emend.sign;

import dev.emend.event.ModelHead;

/** What is signed of a position: all of it. */
final class HeadStatement {
  private static final String FORM = "emend.signed.head.1";

  private HeadStatement() {}

  static Statement of(ModelHead head) {
    return new Statement(FORM)
        .add(head.getModel())
        .add(head.getAlias())
        .add(head.getVersion())
        .add(head.getDigest())
        .add(head.getChainHash())
        .add(head.getMovedAt().toEpochMilli())
        .addNullable(head.getCause())
        .addNullable(head.getHeld());
  }
}
