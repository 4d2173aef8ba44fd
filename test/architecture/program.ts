import { join } from "node:path";
import ts from "typescript";
import { filesUnder, ROOT } from "../../scripts/files.ts";

/** A source file of src/, with what the compiler knows of it. */
export interface Module {
  /** From the project's root: src/derive/adjoint.ts. */
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
}

/** What stands on disk is parsed once, however many programs read it. */
const PARSED = new Map<string, ts.SourceFile>();

/**
 * The hand-written modules of src/, parsed and bound by the compiler. `extra` adds modules that are on no disk: the
 * spoiled twins by which a test shows that it can fail.
 */
export function modules(extra: ReadonlyMap<string, string> = new Map(), only = filesUnder("src")): readonly Module[] {
  const paths = [...only.filter(path => path.endsWith(".ts")), ...extra.keys()];
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options, true);
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  const text = (name: string) => extra.get(name.slice(ROOT.length + 1));
  host.readFile = name => text(name) ?? read(name);
  host.fileExists = name => text(name) !== undefined || exists(name);
  host.getSourceFile = (name, language) => {
    if (!extra.has(name.slice(ROOT.length + 1)) && PARSED.has(name)) return PARSED.get(name);
    const content = host.readFile(name);
    if (content === undefined) return undefined;
    const file = ts.createSourceFile(name, content, language, true);
    if (!extra.has(name.slice(ROOT.length + 1))) PARSED.set(name, file);
    return file;
  };
  const program = ts.createProgram({ rootNames: paths.map(path => join(ROOT, path)), options, host });
  const checker = program.getTypeChecker();
  return paths
    .filter(path => !path.endsWith(".grammar.ts"))
    .map(path => {
      const file = program.getSourceFile(join(ROOT, path));
      if (file === undefined) throw new Error(`the compiler did not read ${path}`);
      return { path, file, checker };
    });
}

/** Every node of a file, parents first, by a loop. */
export function* nodesOf(file: ts.SourceFile): Generator<ts.Node> {
  const open: ts.Node[] = [file];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const children: ts.Node[] = [];
    ts.forEachChild(node, child => {
      children.push(child);
    });
    for (const child of children.reverse()) open.push(child);
  }
}

/** src/derive/adjoint.ts:12 */
export const placeOf = ({ path, file }: Module, node: ts.Node): string =>
  `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
