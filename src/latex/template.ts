/** Forms with places for arguments: \\sqrt{#1}, #1^{#2}. */
import type { CallNode } from "../expr/node.ts";
import type { Settled } from "./form.ts";
import { atom, bindsAs, bracket, enclose, inherit } from "./piece.ts";
import type { Layout } from "./printing.ts";

export const template = (form: Extract<Settled, { readonly template: string }>, node: CallNode): Layout => ({
  needs: node.args,
  build: pieces => {
    let text = "";
    const source = form.template;
    for (let i = 0; i < source.length; i++) {
      const slot = source[i] === "#" ? Number(source[i + 1]) : 0;
      const piece = pieces[slot - 1];
      if (!piece) {
        text += source[i];
        continue;
      }
      i++;
      const least = form.brackets?.[String(slot)] ?? "sum";
      const script = source[i + 1] === "^" && piece.scripts !== undefined;
      const body = script
        ? enclose(piece)
        : bracket(
            piece,
            least === "sum" || bindsAs(piece.level, least)
              ? piece.negative && least !== "sum"
                ? "atom"
                : "sum"
              : "atom",
          );
      const lone =
        body.length === 1 && source[i - 2] === "{" && source[i + 1] === "}" && /[\^_]/u.test(source[i - 3] ?? "");
      if (lone) {
        text = text.slice(0, -1) + body;
        i++;
      } else text += body;
    }
    return atom(text, {
      ...inherit(pieces),
      level: form.level,
      tall: inherit(pieces).tall || source.includes("\\frac"),
      // A second subscript would need brackets.
      ...(/_(?:\{[^{}]*\}|#\d)$/u.test(source) ? { isPart: true } : {}),
    });
  },
});
