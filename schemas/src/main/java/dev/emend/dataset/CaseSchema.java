package dev.emend.dataset;

import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The schemas that a data set may follow; each object shows by its fields which it follows. */
enum CaseSchema {
  /** CounterFact as published: the rewrite in an object of its own, targets wrapped. */
  COUNTERFACT("requested_rewrite") {
    @Override
    EditCaseBuilder read(CaseFields fields) {
      CaseFields rewrite = fields.object("requested_rewrite");
      String truth = rewrite.has("target_true") ? rewrite.wrappedText("target_true") : null;
      String prompt = rewrite.text("prompt");
      return EditCase.of(rewrite.text("subject"), relation(rewrite, prompt), prompt)
          .object(rewrite.wrappedText("target_new"))
          .groundTruth(truth)
          .paraphrases(fields.texts("paraphrase_prompts"))
          .neighbours(neighbours(fields.texts("neighborhood_prompts"), truth))
          .generationPrompts(fields.texts("generation_prompts"));
    }
  },
  /** EasyEdit's form of zsRE. */
  EASYEDIT_ZSRE("src") {
    @Override
    EditCaseBuilder read(CaseFields fields) {
      String subject = fields.text("subject");
      String prompt = template(fields, subject, fields.text("src"));
      String expected = fields.firstText("loc_ans");
      return EditCase.of(subject, relation(fields, prompt), prompt)
          .object(fields.text("alt"))
          .groundTruth(fields.firstText("answers"))
          .paraphrases(fields.texts("rephrase"))
          .neighbours(neighbours(fields.texts("loc"), expected));
    }
  },
  /** EasyEdit's form of CounterFact. */
  EASYEDIT("target_new") {
    @Override
    EditCaseBuilder read(CaseFields fields) {
      String subject = fields.text("subject");
      String prompt = template(fields, subject, fields.text("prompt"));
      String expected = fields.firstText("locality_ground_truth");
      return EditCase.of(subject, relation(fields, prompt), prompt)
          .object(fields.wrappedText("target_new"))
          .groundTruth(fields.firstText("ground_truth"))
          .paraphrases(fields.texts("rephrase_prompt"))
          .neighbours(neighbours(fields.texts("locality_prompt"), expected));
    }
  },
  /** Our own lines. */
  FACT("relation") {
    @Override
    EditCaseBuilder read(CaseFields fields) {
      DateText from = fields.date("valid_from");
      String prompt = fields.text("prompt");
      return EditCase.of(fields.text("subject"), fields.text("relation"), prompt)
          .id(fields.textOrNull("event_id"))
          .op(op(fields.textOrNull("op")))
          .object(fields.textOrNull("object"))
          .groundTruth(fields.firstText("ground_truth"))
          .paraphrases(fields.texts("paraphrases"))
          .neighbours(
              fields.objects("neighbours").stream()
                  .map(n -> new NeighbourCase(n.text("prompt"), n.text("expected")))
                  .toList())
          .generationPrompts(fields.texts("generation_prompts"))
          .valid(
              from == null ? null : from.start(),
              CaseFields.validTo(from, fields.date("valid_to")));
    }
  };

  private final String mark;

  CaseSchema(String mark) {
    this.mark = mark;
  }

  abstract EditCaseBuilder read(CaseFields fields);

  /** Reads an object by the schema that it follows. */
  static EditCaseBuilder readAny(CaseFields fields) {
    for (CaseSchema schema : values()) {
      if (fields.has(schema.mark)) {
        return schema.read(fields);
      }
    }
    throw new Fault(
        FaultCode.JSON_INVALID,
        "no known schema: give subject, relation, prompt and object, or a case of CounterFact or"
            + " EasyEdit");
  }

  private static String relation(CaseFields fields, String prompt) {
    String named = fields.textOrNull("relation_id");
    return named == null || named.isBlank() ? prompt : named;
  }

  /** The template if the file has a fitting one, else the prompt with the subject's first place. */
  private static String template(CaseFields fields, String subject, String prompt) {
    String template = fields.textOrNull("template");
    if (template != null && template.replace("{}", subject).equals(prompt)) {
      return template;
    }
    int at = prompt.indexOf(subject);
    if (at < 0) {
      throw new Fault(
          FaultCode.SUBJECT_NOT_IN_PROMPT,
          "the subject '" + subject + "' does not occur in the prompt '" + prompt + "'");
    }
    return prompt.substring(0, at) + "{}" + prompt.substring(at + subject.length());
  }

  private static List<NeighbourCase> neighbours(List<String> prompts, @Nullable String expected) {
    List<NeighbourCase> neighbours = new ArrayList<>(prompts.size());
    if (expected != null) {
      prompts.forEach(prompt -> neighbours.add(new NeighbourCase(prompt, expected)));
    }
    return neighbours;
  }

  private static FactOp op(@Nullable String name) {
    if (name == null) {
      return FactOp.ASSERT;
    }
    try {
      return FactOp.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Fault(
          FaultCode.FACT_INVALID, "op is '" + name + "', ASSERT or RETRACT is wanted", e);
    }
  }
}
