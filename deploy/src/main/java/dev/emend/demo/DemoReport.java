package dev.emend.demo;

import dev.emend.table.VersionTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result as the JSON that {@code --report} promises. */
public final class DemoReport {
  private DemoReport() {}

  /** Keys and values of the report. */
  public static Map<String, Object> of(DemoResult result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("events", result.events());
    report.put("outcomes", result.outcomes().counts());
    report.put("versions", result.versions().stream().map(VersionTable::entry).toList());
    report.put("head", result.head());
    report.put("before", answers(result.standing(), result.before()));
    report.put("after", answers(result.standing(), result.after()));
    report.put("applied", result.standing().size());
    report.put("applied_top1", result.learned());
    report.put("untouched", result.probes().size());
    report.put("untouched_changed", result.disturbed());
    report.put(
        "latency_seconds",
        Map.of("p50", result.latencies().seconds(0.5), "p99", result.latencies().seconds(0.99)));
    report.put("subscriber_digest_equal", result.digestEqual());
    report.put("seconds", result.seconds());
    report.put("holds", result.holds());
    return report;
  }

  private static List<Map<String, Object>> answers(List<Question> asked, Interview interview) {
    return asked.stream().map(question -> answer(question, interview.reply(question))).toList();
  }

  private static Map<String, Object> answer(Question question, Reply reply) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("prompt", question.prompt());
    answer.put("answer", reply.text());
    answer.put("wanted", question.answer());
    answer.put("top1", reply.top());
    return answer;
  }
}
