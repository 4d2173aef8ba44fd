// Prints what dependency-cruiser found against .dependency-cruiser.mjs, and holds the cruiser to having read every
// module of src/: a cruiser that reads nothing finds nothing wrong.
//   depcruise src --config .dependency-cruiser.mjs --output-type json | tsx scripts/layers.ts
import { text } from "node:stream/consumers";
import { filesUnder } from "./files.ts";

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

const input = await text(process.stdin);
if (!input.startsWith("{")) {
  console.error("The cruiser printed no report; what it said stands above.");
  process.exit(2);
}

const cruise = JSON.parse(input) as Cruise;
const cruised = new Set(cruise.modules.map(module => module.source));
const unread = filesUnder("src").filter(path => path.endsWith(".ts") && !cruised.has(path));

for (const path of unread) console.error(`not cruised: ${path}`);
for (const { rule, from, to, cycle } of cruise.summary.violations) {
  console.error(`${rule.name}: ${[from, ...(cycle?.map(step => step.name) ?? [to])].join(" → ")}`);
}
const count = [...cruised].filter(path => path.startsWith("src/")).length;
console.log(
  `${count} modules of src cruised, ${cruise.summary.violations.length} against the law, ${unread.length} unread`,
);
process.exit(count > 0 && unread.length === 0 && cruise.summary.violations.length === 0 ? 0 : 1);
