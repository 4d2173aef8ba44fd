#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { Command, CommanderError, Option } from "commander";
import { CommandFailure, FAILED } from "./failure.ts";
import { VERSION } from "./version.ts";

// Readings that lead nowhere end in an error: nobody looks at where it was thrown.
if (!process.env.GRADNOTE_DEBUG) Error.stackTraceLimit = 0;
// A command is over before most of what V8 optimises at its usual pace has paid for itself: a third of the processor time.
// Of other versions this was not measured, and a flag that one does not know is an error.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=270000");

const NOTATIONS = ["prod", "plain", "nabla", "delta", "differential"];

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command("gradnote")
  .description("Reads a note's forward equations and derives, codes and checks its backward pass.")
  .version(VERSION, "-V, --version", "print the version")
  .helpOption("-h, --help", "show this help")
  .showHelpAfterError("(gradnote --help lists the commands)")
  .exitOverride();

program
  .command("derive")
  .description("write the derivation of every gradient, step by step")
  .argument("<note>", "a Markdown or LaTeX note, or - for standard input")
  .option("-o, --out <folder>", "write derivation.md (.html, .tex, .json) into this folder instead of standard output")
  .option("--system <name>", "only this system of several")
  .option("--check", "write nothing; exit 1 if the file on disk differs")
  .addOption(
    new Option(
      "--mode <mode>",
      "forward: sensitivities of every step by a parameter, carried along with the net",
    ).choices(["reverse", "forward"]),
  )
  .option(
    "--of <name>",
    "differentiate this instead of the note's objective: a scalar; with --wrt or in forward mode anything computed",
  )
  .option("--wrt <name>", "differentiate by this symbol instead of the parameters (repeatable)", collect, [])
  .option("--closed-form", "write every gradient that depends on a recurrence in closed form")
  .option("--truncate <steps>", "also the gradients when errors go back at most so many steps: a number or a letter")
  .option("--put-in <name>", "put this computed symbol's gradient in where it is read (repeatable)", collect, [])
  .addOption(new Option("--order <number>", "2: second derivatives too").choices(["1", "2"]))
  .addOption(
    new Option("--convention <name>", "of gradients by symmetric matrices").choices([
      "symmetric-part",
      "pairs",
      "independent",
    ]),
  )
  .addOption(
    new Option("--layout <layout>", "of gradients: as their variables, or as rows").choices([
      "denominator",
      "numerator",
    ]),
  )
  .addOption(new Option("--notation <style>", "how gradients are written").choices(NOTATIONS))
  .addOption(new Option("--language <language>", "of the document").choices(["en", "zh"]))
  .addOption(new Option("--format <format>", "of the document").choices(["md", "html", "tex", "json"]).default("md"))
  .action(async (note: string, options) => finish(await (await import("./derive.ts")).deriveCommand(note, options)));

program
  .command("check")
  .description("say of every equation of a note whether it is right, and mend what is wrong")
  .argument("<notes...>", "Markdown or LaTeX notes, or - for standard input")
  .option("--system <name>", "only this system of several")
  .addOption(
    new Option("--language <language>", "of the explanations; without it that of the note").choices(["en", "zh"]),
  )
  .addOption(
    new Option("--format <format>", "of the report")
      .choices(["pretty", "json", "sarif", "github", "html", "certificates"])
      .default("pretty"),
  )
  .option("-o, --out <folder>", "html: write NOTE.check.html for each note into this folder instead of standard output")
  .option("--fix", "write a copy with misread letters repaired and wrong equations mended: NOTE.fixed.md, or into -o")
  .option("--check", "with -o: write nothing; exit 1 only if a file on disk differs")
  .action(async (notes: readonly string[], options) =>
    finish(await (await import("./check.ts")).checkCommand(notes, options)),
  );

program
  .command("replay")
  .description("replay the certificates of check --format certificates with an evaluator of its own")
  .argument("<file>", "JSON, or - for standard input")
  .action(async (file: string) => finish((await import("./replay.ts")).replayCommand(file)));

program
  .command("generate")
  .description("write code for the forward pass, the loss and all gradients, with its own gradient check")
  .argument("<note>", "a Markdown or LaTeX note, or - for standard input")
  .addOption(new Option("--target <language>", "of the code").choices(["ts"]).default("ts"))
  .option("-o, --out <file>", "write this file instead of standard output")
  .option("--system <name>", "the system to generate, when the note has several")
  .addOption(new Option("--dtype <type>", "of the numbers").choices(["f64", "f32"]).default("f64"))
  .option("--batch <name>", "add a batch axis of this name")
  .option("--check", "write nothing; exit 1 if the file on disk differs")
  .action(async (note: string, options) =>
    finish(await (await import("./generate.ts")).generateCommand(note, options)),
  );

program
  .command("explain")
  .description("explain a code of a message, an operation or a law")
  .argument("<name>", "S002, hadamard, transpose-of-product …, or kinks: the table of points without a derivative")
  .action(async (name: string) => finish((await import("./explain.ts")).explainCommand(name)));

const finish = (code: number): void => {
  process.exitCode = code;
};

// A reader that closes early (head, a pager) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : FAILED;
  else if (error instanceof CommandFailure) {
    process.stderr.write(`gradnote: ${error.message}\n`);
    process.exitCode = FAILED;
  } else {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `gradnote: an internal error, which is our fault: ${reason}\nPlease report it together with the note.\n`,
    );
    if (process.env.GRADNOTE_DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : ""}\n`);
    process.exitCode = FAILED;
  }
}
