/** The only place that touches the file system. Files are written whole or not at all. */
import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { Source } from "../base/source.ts";
import { CommandFailure } from "./failure.ts";

/** The longest note that is read, in bytes. */
const LONGEST_NOTE = 16 * 1024 * 1024;

export interface Input {
  /** As the user named it; "standard input" for "-". */
  readonly name: string;
  readonly text: string;
  readonly format: "md" | "tex";
  readonly source: Source;
}

/** Reads a note; "-" is standard input. Fails (exit 2) when it cannot be read or is not UTF-8 text. */
export const readInput = (path: string): Input => {
  const name = path === "-" ? "standard input" : path;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file",
      EISDIR: "it is a folder",
      EACCES: "it may not be read",
    };
    throw new CommandFailure(`${name}: ${reasons[code ?? ""] ?? "it cannot be read"}`);
  }
  if (bytes.length > LONGEST_NOTE)
    throw new CommandFailure(`${name}: it is longer than ${LONGEST_NOTE / 1024 / 1024} MB`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { name, text, source: new Source(name, text), format: /\.(?:tex|ltx|latex)$/iu.test(path) ? "tex" : "md" };
  } catch {
    throw new CommandFailure(`${name}: it is not UTF-8 text`);
  }
};

/** The text of a file, or undefined when there is none. */
export const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/**
 * Writes a file by a temporary one in the same folder and a rename, so that a reader sees the old or the new text and
 * never a part. Symbolic links are not followed; missing folders are made.
 */
export const writeWhole = (path: string, text: string): void => {
  const target = resolve(path);
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString("hex")}`);
  try {
    mkdirSync(folder, { recursive: true });
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new CommandFailure(`${path}: it is a symbolic link, which is not followed`);
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(
      `${path}: it cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`,
    );
  }
};

/** KaTeX's style sheet and fonts, from the installed package. */
export const readMathStyle = (): { readonly css: string; readonly fonts: ReadonlyMap<string, string> } => {
  const css = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");
  const folder = join(dirname(css), "fonts");
  const fonts = readdirSync(folder).filter(name => name.endsWith(".woff2"));
  return {
    css: readFileSync(css, "utf8"),
    fonts: new Map(fonts.map(name => [name.replace(/\.woff2$/u, ""), readFileSync(join(folder, name), "base64")])),
  };
};
