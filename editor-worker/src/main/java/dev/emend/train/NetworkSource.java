package dev.emend.train;

/**
 * The TorchScript text of the network in training. A whole block is one method, so that its
 * products can run in bfloat16 while everything that is summed up stays float32. {@code LOW(..)}
 * and {@code HIGH(..)} mark the casts; the float32 form has none.
 */
final class NetworkSource {
  private static final String BLOCK_PARAMETERS =
      "x, mask, l1w, l1b, aw, ab, pw, pb, l2w, l2b, fw, fb, mw, mb";

  /** Attention: states {@code [B, T, D]} to the heads' output {@code [B * T, D]}. */
  private static final String ATTENTION =
      """
          B = torch.size(x, 0)
          T = torch.size(x, 1)
          D = torch.size(x, 2)
          N = torch.mul(B, T)
          a = LOW(torch.reshape(torch.layer_norm(x, [D], l1w, l1b), [N, D]))
          z = torch.addmm(LOW(ab), a, LOW(aw))
          p = torch.permute(torch.reshape(z, [B, T, 3, HEADS, WIDTH]), [2, 0, 3, 1, 4])
          q, k, v = torch.unbind(p)
          s = HIGH(torch.mul(torch.matmul(q, torch.transpose(k, -2, -1)), SCALE))
          o = torch.matmul(LOW(torch.softmax(torch.add(s, mask), -1)), v)
          h = torch.reshape(torch.permute(o, [0, 2, 1, 3]), [N, D])
      """;

  /** The rest of a block for states {@code r} and attention {@code h}, both {@code [n, D]}. */
  private static final String REST =
      """
          y = torch.add(r, HIGH(torch.addmm(LOW(pb), h, LOW(pw))))
          c = LOW(torch.layer_norm(y, [D], l2w, l2b))
          u = torch.gelu(torch.addmm(LOW(fb), c, LOW(fw)), approximate="tanh")
          e = torch.add(y, HIGH(torch.addmm(LOW(mb), u, LOW(mw))))
      """;

  private static final String HEAD =
      """
          n = torch.layer_norm(h, [torch.size(h, 1)], lw, lb)
          g = HIGH(torch.matmul(LOW(n), torch.t(LOW(w))))
      """;

  /**
   * Muon for a gradient cut into {@code PARTS} side by side: five Newton-Schulz steps towards the
   * closest orthogonal matrix, each part as wide as it is high or wider.
   */
  private static final String MUON =
      """
          s = torch.div(g, scale)
          torch.add_(torch.mul_(m, 0.95), torch.mul(s, 0.05))
          u = torch.add(torch.mul(s, 0.05), torch.mul(m, 0.95))
          x = torch.stack(torch.chunk(u, PARTS, 1))
          tall = torch.gt(torch.size(x, 1), torch.size(x, 2))
          if tall:
            y = torch.transpose(x, 1, 2)
          else:
            y = x
          n = torch.linalg_vector_norm(y, 2, [1, 2], True)
          y = LOW(torch.div(y, torch.add(n, 1.0e-12)))
          for i in range(5):
            a = torch.matmul(y, torch.transpose(y, 1, 2))
            b = torch.add(torch.mul(a, -4.775), torch.mul(torch.matmul(a, a), 2.0315))
            y = torch.add(torch.mul(y, 3.4445), torch.matmul(b, y))
          y = HIGH(y)
          if tall:
            z = torch.transpose(y, 1, 2)
          else:
            z = y
          d = torch.cat(torch.unbind(z), 1)
          torch.mul_(w, torch.sub(1., torch.mul(rate, decay)))
          torch.sub_(w, torch.mul(d, length))
          return w
      """;

  private static final String SHARED =
      method("forward", "x", "Tensor", "    return x\n")
          + method(
              "embed",
              "w, p, ids",
              "Tensor",
              """
                  t = torch.slice(p, 0, 0, torch.size(ids, 1))
                  return torch.add(torch.embedding(w, ids), t)
              """)
          + method("half", "x", "Tensor", "    return torch.to(x, 5)\n")
          + method("square_sum", "x", "Tensor", "    return torch.sum(torch.mul(x, x))\n")
          + method(
              "adamw",
              "w, g, m, v, step, rate, decay, scale",
              "Tensor",
              """
                  ws = [w]
                  torch._fused_adamw_(ws, [g], [m], [v], annotate(List[Tensor], []), [step], \
              lr=rate, beta1=0.9, beta2=0.98, weight_decay=torch.item(decay), eps=1.0e-08, \
              amsgrad=False, maximize=False, grad_scale=scale)
                  return ws[0]
              """);

  private NetworkSource() {}

  /** All methods for a model of the given size; those that depend on the precision have both. */
  static String of(ModelSize size) {
    StringBuilder text = new StringBuilder(SHARED);
    for (Precision precision : Precision.values()) {
      text.append(cast(methods(precision.suffix()), precision));
    }
    return text.toString()
        .replace("HEADS", Integer.toString(size.heads()))
        .replace("WIDTH", Integer.toString(size.headWidth()))
        .replace("SCALE", Double.toString(1 / Math.sqrt(size.headWidth())));
  }

  private static String methods(String suffix) {
    String whole = ATTENTION + "    r = torch.reshape(x, [N, D])\n" + REST;
    String picked =
        ATTENTION
            + "    r = torch.index_select(torch.reshape(x, [N, D]), 0, at)\n"
            + "    h = torch.index_select(h, 0, at)\n"
            + REST;
    return method(
            "block" + suffix,
            BLOCK_PARAMETERS,
            "Tensor",
            whole + "    return torch.reshape(e, [B, T, D])\n")
        + method(
            "last_block" + suffix, BLOCK_PARAMETERS + ", at", "Tensor", picked + "    return e\n")
        + method(
            "loss" + suffix,
            "h, lw, lb, w, t, weight",
            "Tensor",
            HEAD
                + "    l = torch.cross_entropy_loss(g, t, None, 0)\n"
                + "    return torch.sum(torch.mul(l, weight))\n")
        + method(
            "score" + suffix,
            "h, lw, lb, w, t",
            "Tensor",
            HEAD
                + "    l = torch.neg(torch.cross_entropy_loss(g, t, None, 0))\n"
                + "    m = torch.to(torch.eq(torch.argmax(g, -1), t), 6)\n"
                + "    return torch.stack([l, m])\n")
        + muon("muon", 1, suffix)
        + muon("muon_thirds", 3, suffix);
  }

  private static String muon(String name, int parts, String suffix) {
    String body = MUON.replace("PARTS", Integer.toString(parts));
    return method(name + suffix, "w, g, m, rate, length, decay, scale", "Tensor", body);
  }

  private static String method(String name, String parameters, String result, String body) {
    String typed = parameters.replaceAll("(\\w+)", "$1: Tensor");
    return "  def " + name + "(self: __torch__.Ops, " + typed + ") -> " + result + ":\n" + body;
  }

  private static String cast(String text, Precision precision) {
    boolean low = precision == Precision.BFLOAT16;
    return replaceCall(replaceCall(text, "LOW(", low ? 15 : 0), "HIGH(", low ? 6 : 0);
  }

  /** Turns {@code NAME(expression)} into a cast to an element type, or into the expression. */
  private static String replaceCall(String text, String call, int type) {
    StringBuilder result = new StringBuilder(text);
    for (int at = result.indexOf(call); at >= 0; at = result.indexOf(call, at)) {
      int close = closing(result, at + call.length());
      if (type == 0) {
        result.deleteCharAt(close).delete(at, at + call.length());
      } else {
        result.replace(close, close + 1, ", " + type + ")");
        result.replace(at, at + call.length(), "torch.to(");
      }
    }
    return result.toString();
  }

  private static int closing(CharSequence text, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0) {
      char c = text.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return at - 1;
  }
}
