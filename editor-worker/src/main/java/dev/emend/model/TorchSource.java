package dev.emend.model;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TorchScript text behind {@link TorchOps}, in the dialect of saved modules: every operation is
 * a call of {@code torch.*} with positional arguments. Constants of a model are written into the
 * text because methods take tensors only.
 */
final class TorchSource {
  /** Name, parameters, result type and body of each method; a body is one statement a line. */
  private static final String METHODS =
      """
      forward(x) Tensor
        return x
      linear(x, w, b) Tensor
        return torch.linear(x, w, b)
      linear_plain(x, w) Tensor
        return torch.linear(x, w)
      linear_in_out(x, w, b) Tensor
        return torch.linear(x, torch.t(w), b)
      linear_in_out_plain(x, w) Tensor
        return torch.linear(x, torch.t(w))
      low_linear(x, w, b) Tensor
        y = torch.linear(torch.to(x, LOW), w)
        return torch.add(torch.to(y, 6), b)
      low_linear_plain(x, w) Tensor
        y = torch.linear(torch.to(x, LOW), w)
        return torch.to(y, 6)
      low_linear_in_out(x, w, b) Tensor
        y = torch.linear(torch.to(x, LOW), torch.t(w))
        return torch.add(torch.to(y, 6), b)
      low_linear_in_out_plain(x, w) Tensor
        y = torch.linear(torch.to(x, LOW), torch.t(w))
        return torch.to(y, 6)
      embedding(w, ids) Tensor
        return torch.embedding(w, ids)
      low_embedding(w, ids) Tensor
        return torch.to(torch.embedding(w, ids), 6)
      layer_norm(x, w, b) Tensor
        return torch.layer_norm(x, [torch.size(w, 0)], w, b, EPSILON)
      rms_norm(x, w) Tensor
        return torch.rms_norm(x, [torch.size(w, 0)], w, EPSILON)
      gelu_tanh(x) Tensor
        return torch.gelu(x, approximate="tanh")
      gelu(x) Tensor
        return torch.gelu(x)
      silu(x) Tensor
        return torch.silu(x)
      relu(x) Tensor
        return torch.relu(x)
      split(x) Tensor
        y = torch.view(x, [torch.size(x, 0), torch.size(x, 1), -1, HEAD])
        return torch.transpose(y, 1, 2)
      split_thirds(x) List[Tensor]
        y = torch.view(x, [torch.size(x, 0), torch.size(x, 1), 3, -1, HEAD])
        return torch.unbind(torch.permute(y, [2, 0, 3, 1, 4]), 0)
      split_per_head(x) List[Tensor]
        y = torch.view(x, [torch.size(x, 0), torch.size(x, 1), -1, 3, HEAD])
        return torch.unbind(torch.permute(y, [3, 0, 2, 1, 4]), 0)
      merge(x) Tensor
        return torch.flatten(torch.transpose(x, 1, 2), 2)
      rotate_halves(x, cos, sin) Tensor
        n = torch.size(cos, -1)
        r = torch.slice(x, -1, 0, n)
        h = torch.chunk(r, 2, -1)
        t = torch.cat([torch.neg(h[1]), h[0]], -1)
        y = torch.add(torch.mul(r, cos), torch.mul(t, sin))
        return torch.cat([y, torch.slice(x, -1, n)], -1)
      rotate_pairs(x, cos, sin) Tensor
        n = torch.size(cos, -1)
        r = torch.slice(x, -1, 0, n)
        a = torch.slice(r, -1, 0, None, 2)
        b = torch.slice(r, -1, 1, None, 2)
        t = torch.flatten(torch.stack([torch.neg(b), a], -1), -2)
        y = torch.add(torch.mul(r, cos), torch.mul(t, sin))
        return torch.cat([y, torch.slice(x, -1, n)], -1)
      angles_halves(p, f) List[Tensor]
        a = torch.mul(torch.unsqueeze(torch.to(p, 6), -1), f)
        b = torch.unsqueeze(torch.cat([a, a], -1), 1)
        return [torch.cos(b), torch.sin(b)]
      angles_pairs(p, f) List[Tensor]
        a = torch.mul(torch.unsqueeze(torch.to(p, 6), -1), f)
        b = torch.unsqueeze(torch.repeat_interleave(a, 2, -1), 1)
        return [torch.cos(b), torch.sin(b)]
      attend_causal(q, k, v) Tensor
        return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
      attend(q, k, v, m) Tensor
        return torch.scaled_dot_product_attention(q, k, v, m)
      attend_plain(q, k, v, m) Tensor
        s = torch.mul(torch.matmul(q, torch.transpose(k, -2, -1)), SCALE)
        return torch.matmul(torch.softmax(torch.add(s, m), -1), v)
      repeat_heads(x) Tensor
        return torch.repeat_interleave(x, GROUP, 1)
      cross_entropy(x, t) Tensor
        return torch.cross_entropy_loss(x, t, None, 1, -100)
      cross_entropy_rows(x, t) Tensor
        return torch.cross_entropy_loss(x, t, None, 0, -100)
      log_softmax(x) Tensor
        return torch.log_softmax(x, -1)
      log_probability(x, t) Tensor
        p = torch.log_softmax(x, -1)
        return torch.squeeze(torch.gather(p, -1, torch.unsqueeze(t, -1)), -1)
      divergence(a, b) Tensor
        return torch.sum(torch.mul(torch.exp(a), torch.sub(a, b)), [-1])
      add_first(h, d) Tensor
        a = torch.add(torch.slice(h, 1, 0, 1), torch.unsqueeze(d, 1))
        return torch.cat([a, torch.slice(h, 1, 1)], 1)
      select(x, i) Tensor
        return torch.index_select(x, 0, i)
      select_tokens(h, i) Tensor
        return torch.index_select(torch.flatten(h, 0, 1), 0, i)
      append(past, x) Tensor
        p = torch.expand(past, [torch.size(x, 0), -1, -1, -1])
        return torch.cat([p, x], 2)
      pick(x, i) Tensor
        j = torch.unsqueeze(torch.unsqueeze(i, 1), -1)
        return torch.gather(x, 2, torch.expand(j, [-1, torch.size(x, 1), -1, torch.size(x, 3)]))
      plus_one(x) Tensor
        return torch.add(x, 1)
      copy(x) Tensor
        return torch.clone(x, memory_format=0)
      assign(x, values) Tensor
        return torch.copy_(x, values)
      argmax(x) Tensor
        return torch.argmax(x, -1)
      to_float32(x) Tensor
        return torch.to(x, 6)
      to_float64(x) Tensor
        return torch.to(x, 7)
      to_float16(x) Tensor
        return torch.to(x, 5)
      to_bfloat16(x) Tensor
        return torch.to(x, 15)
      low_zeros_like(x) Tensor
        return torch.zeros_like(x, dtype=LOW, memory_format=0)
      """;

  private TorchSource() {}

  /** The methods with a model's constants written in, and a precision for the low ones. */
  static String of(TorchConstants constants, Precision precision) {
    String script =
        METHODS.lines().map(TorchSource::line).collect(Collectors.joining("\n", "", "\n"));
    return script
        .replace("LOW", Integer.toString(precision.torchType()))
        .replace("EPSILON", number(constants.normEpsilon()))
        .replace("HEAD", Integer.toString(constants.headWidth()))
        .replace("GROUP", Integer.toString(constants.queryHeadsPerKeyHead()))
        .replace("SCALE", number(1 / Math.sqrt(constants.headWidth())));
  }

  private static String line(String text) {
    if (text.startsWith("  ")) {
      return "  " + text;
    }
    int open = text.indexOf('(');
    int close = text.indexOf(')');
    String parameters =
        Stream.of(text.substring(open + 1, close).split(", "))
            .map(name -> ", " + name + ": Tensor")
            .collect(Collectors.joining());
    return "  def "
        + text.substring(0, open)
        + "(self: __torch__.Ops"
        + parameters
        + ") -> "
        + text.substring(close + 2)
        + ":";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.17e", value);
  }
}
