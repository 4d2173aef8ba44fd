// Right lines that read what wrong lines of other chains give.
import { expect, test } from "vitest";
import type { Said } from "../../src/check/said.ts";
import { spoiledBy } from "../../src/check/spoils.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";
import { stated } from "./stated.ts";

const system = readSystem(RNN);
const said = (verdict: Said["verdict"], left: string, right: string): Said => ({
  verdict,
  because: { id: "equal" },
  equation: stated(system, left, right),
});
const idOf = (chain: number, link: number): string => `${chain}.${link}`;
const unread: Said = { verdict: "holds", because: { id: "equal" } };

const BY_OUTPUT = ["partial(L, h[1])", "W_yh' * partial(L, o[1])"] as const;

test.each(["wrong", "holds-under", "undefined"] as const)("what is %s spoils what reads it", verdict => {
  const wrong = said(verdict, "partial(L, o[2])", "y[2]");
  for (const right of ["holds", "proved", "convention", "incomplete"] as const)
    expect([...spoiledBy([[wrong], [unread, said(right, ...BY_OUTPUT)]], idOf)]).toEqual([["1.1", ["0.0"]]]);
});

test.each([
  ["what is right spoils nothing", [[said("holds", "partial(L, o[1])", "y[1]")], [said("holds", ...BY_OUTPUT)]]],
  ["nor what nobody could tell", [[said("cannot-tell", "partial(L, o[1])", "y[1]")], [said("holds", ...BY_OUTPUT)]]],
  ["what is wrong is not spoiled", [[said("wrong", "partial(L, o[1])", "y[1]")], [said("wrong", ...BY_OUTPUT)]]],
  ["nor what reads another", [[said("wrong", "partial(L, x[1])", "x[1]")], [said("holds", ...BY_OUTPUT)]]],
  ["values are no derivatives", [[said("wrong", "o[1]", "y[1]")], [said("holds", ...BY_OUTPUT)]]],
  ["a chain does not spoil itself", [[said("wrong", "partial(L, o[1])", "y[1]"), said("holds", ...BY_OUTPUT)]]],
] as const)("%s", (_, chains) => expect([...spoiledBy(chains, idOf)]).toEqual([]));

test("several spoil one, in their order", () => {
  const chains = [
    [said("holds", "partial(L, h[1])", "W_yh' * partial(L, o[1]) + W_hh' * partial(L, h[2])")],
    [unread, said("wrong", "partial(L, h[2])", "h[2]")],
    [said("wrong", "partial(L, o[1])", "y[1]")],
  ];
  expect([...spoiledBy(chains, idOf)]).toEqual([["0.0", ["1.1", "2.0"]]]);
});
