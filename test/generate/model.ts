import ts from "typescript";
import { derive } from "../../src/derive/index.ts";
import { type GenerateOptions, generateTypeScript } from "../../src/emit/typescript/generate.ts";
import type { System } from "../../src/expr/system.ts";
import { readSystem } from "../../src/term/system.ts";

type Floats = Float64Array | Float32Array;

export interface Entry {
  readonly name: string;
  readonly at: readonly number[];
  readonly analytic: number;
  readonly numeric: number;
}

export interface Model {
  readonly parameters: Record<string, Floats>;
  readonly inputs: Record<string, Floats>;
  readonly values: Record<string, Floats>;
  readonly gradients: Record<string, Floats>;
  /** The numbers that labels may be. */
  readonly labels?: Record<string, { readonly from: number; readonly to: number }>;
  readonly loss: number;
  forward(): number;
  backward(): void;
  check(options?: { eps?: number; atol?: number; rtol?: number }): {
    ok: boolean;
    entries: number;
    failures: readonly Entry[];
    worst: Entry | undefined;
  };
}

export type Sizes = Readonly<Record<string, number>>;

/** The generated code of a system, which must have been generated without a diagnostic. */
export const codeOf = (system: System | string, options: GenerateOptions = {}): string => {
  const read = typeof system === "string" ? readSystem(system) : system;
  const { files, diagnostics } = generateTypeScript(derive(read), options);
  for (const { code, message } of diagnostics) throw new Error(`${code} ${message}`);
  return files[0]?.text ?? "";
};

/** Runs generated code: its types are stripped, and its `create` is returned. */
export const load = (code: string): ((sizes: Sizes, functions?: unknown) => Model) => {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exports: { create?: (sizes: Sizes, functions?: unknown) => Model } = {};
  new Function("exports", outputText)(exports);
  if (!exports.create) throw new Error("the code exports no create");
  return exports.create;
};

/** The compiler's own declarations, parsed once. */
const LIBRARY = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of a file of generated code, with every strict option. */
export const typeErrors = (code: string): readonly string[] => {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.ESNext,
    types: [],
    strict: true,
    noImplicitReturns: true,
    noImplicitOverride: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    exactOptionalPropertyTypes: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) => {
    if (name === "model.ts") return ts.createSourceFile(name, code, language, true);
    if (!LIBRARY.has(name)) LIBRARY.set(name, original(name, language));
    return LIBRARY.get(name);
  };
  const program = ts.createProgram(["model.ts"], options, host);
  return ts.getPreEmitDiagnostics(program).map(d => {
    const at = d.file && d.start !== undefined ? d.file.getLineAndCharacterOfPosition(d.start).line + 1 : 0;
    return `${at}: ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`;
  });
};

/** Numbers between lo and hi that depend on the seed alone. */
const numbers = (seed: number): ((lo: number, hi: number) => number) => {
  let state = seed >>> 0;
  return (lo, hi) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return lo + ((hi - lo) * state) / 2 ** 32;
  };
};

/** Fills parameters and inputs; weights are neither tiny nor of one sign, unless a range is given. */
export const fill = (model: Model, seed: number, between?: readonly [lo: number, hi: number]): void => {
  const next = numbers(seed);
  for (const group of [model.parameters, model.inputs]) {
    for (const [name, array] of Object.entries(group)) {
      const range = model.labels?.[name];
      if (range) {
        for (let i = 0; i < array.length; i++) array[i] = range.from + Math.floor(next(0, range.to - range.from + 1));
        continue;
      }
      for (let i = 0; i < array.length; i++) {
        const [lo, hi] = between ?? [0.1, 0.9];
        const value = next(lo, hi);
        array[i] = between || next(0, 1) < 0.6 ? value : -value;
      }
    }
  }
};
