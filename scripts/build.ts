// Compiles src/ into a fresh dist/ and makes the command runnable, so that `npx gradnote` works in the checkout.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./files.ts";

// Two packages bring a `tsc`; this is the one that is meant, whichever of them owns the link in .bin.
const tsc = join(ROOT, "node_modules/@typescript/native/bin/tsc");
const command = join(ROOT, "dist/cli/main.js");

rmSync(join(ROOT, "dist"), { recursive: true, force: true });
const run = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
if (existsSync(command)) chmodSync(command, 0o755);
process.exit(run.status ?? 1);
