// Times every bench/*.bench.ts and prints one table: npm run bench [-- part of a file's name …]
import { cpus } from "node:os";
import { filesUnder } from "../scripts/files.ts";
import { measure, type Row, type Suite } from "./measure.ts";

const wanted = process.argv.slice(2);
const files = filesUnder("bench").filter(
  path => path.endsWith(".bench.ts") && (wanted.length === 0 || wanted.some(part => path.includes(part))),
);

const HEAD = ["suite", "case", "median", "fastest", "ratio", "rate"];

const time = (milliseconds: number): string => {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toPrecision(3)} s`;
  if (milliseconds >= 1) return `${milliseconds.toPrecision(3)} ms`;
  return `${(milliseconds * 1000).toPrecision(3)} µs`;
};

const rate = (perSecond: number): string =>
  perSecond >= 1e6
    ? `${(perSecond / 1e6).toPrecision(3)} M`
    : perSecond >= 1e3
      ? `${(perSecond / 1e3).toPrecision(3)} k`
      : perSecond.toPrecision(3);

const cells = (row: Row): readonly string[] => [
  row.suite,
  row.name,
  time(row.median),
  time(row.fastest),
  row.ratio === undefined ? "" : `${row.ratio.value.toPrecision(3)} × ${row.ratio.against}`,
  row.rate === undefined ? "" : `${rate(row.rate.perSecond)} ${row.rate.of}/s`,
];

const table: (readonly string[])[] = [];
for (const path of files) {
  const { suite } = (await import(`../${path}`)) as { readonly suite: Suite };
  console.error(`… ${path}`);
  for (const row of await measure(suite)) table.push(cells(row));
}

if (table.length === 0) console.log("No file of bench/ was asked for.");
else {
  const rows = [HEAD, ...table];
  const widths = HEAD.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  console.log(
    `Node ${process.version}, ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? "an unknown processor"}; times of one call`,
  );
  console.log([line(HEAD), `|${widths.map(width => "-".repeat(width + 2)).join("|")}|`, ...table.map(line)].join("\n"));
}
