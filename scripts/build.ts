// Compiles src/ into a fresh dist/ and makes the command runnable, so that `npx gradnote` works in the checkout.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { ROOT } from "./files.ts";

// Two packages bring a `tsc`; this is the one that is meant, whichever of them owns the link in .bin.
const tsc = join(ROOT, "node_modules/@typescript/native/bin/tsc");
const commands = join(ROOT, "dist/cli");
const bundled = join(ROOT, "dist/bundled");

rmSync(join(ROOT, "dist"), { recursive: true, force: true });
const run = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
if (existsSync(join(commands, "main.js"))) {
  // A command is over before hundreds of small modules are found and read: it gets its own few.
  buildSync({
    entryPoints: [join(commands, "main.js")],
    outdir: bundled,
    bundle: true,
    packages: "external",
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  rmSync(commands, { recursive: true });
  renameSync(bundled, commands);
  chmodSync(join(commands, "main.js"), 0o755);
}
process.exit(run.status ?? 1);
