import ts from "typescript";
import { derive } from "../src/derive/index.ts";
import { generateTypeScript } from "../src/emit/typescript/generate.ts";
import { readSystem } from "../src/term/system.ts";
import { RNN } from "../test/systems/rnn.ts";
import type { Suite } from "./measure.ts";

interface Model {
  readonly parameters: Readonly<Record<string, Float64Array>>;
  readonly inputs: Readonly<Record<string, Float64Array>>;
  forward(): number;
  backward(): void;
}

const derivation = derive(readSystem(RNN));
const options = { functions: { phi: "tanh", ell: "half squared error" } };
const code = generateTypeScript(derivation, options).files[0]?.text ?? "";

const { outputText } = ts.transpileModule(code, {
  compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
});
const exports: { create?: (sizes: Readonly<Record<string, number>>) => Model } = {};
new Function("exports", outputText)(exports);

/** One step of a recurrent net: forward pass, loss and all gradients. */
const step = (sizes: Readonly<Record<string, number>>): (() => number) => {
  const model = exports.create?.(sizes);
  if (!model) throw new Error("the code exports no create");
  for (const array of [...Object.values(model.parameters), ...Object.values(model.inputs)]) {
    for (let i = 0; i < array.length; i++) array[i] = ((i % 17) - 8) / 40;
  }
  return () => {
    const loss = model.forward();
    model.backward();
    return loss;
  };
};

export const suite: Suite = {
  title: "generated TypeScript",
  cases: [
    {
      name: "generate the recurrent net",
      run: () => generateTypeScript(derivation, options),
      amount: { count: code.length, of: "characters" },
    },
    { name: "a step: 3·4·2, T 5", run: step({ d: 3, h: 4, q: 2, T: 5 }) },
    { name: "a step: 32·64·16, T 50", run: step({ d: 32, h: 64, q: 16, T: 50 }) },
  ],
};
