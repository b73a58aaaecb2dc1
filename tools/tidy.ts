/** Checks the rules of the house that are told by text. `npm run check` runs it; alone: `node tools/tidy.ts`. */
import { resolve } from "node:path";
import { checkTree, rules } from "./tidy/rules.ts";
import { readTree } from "./tidy/tree.ts";

const files = readTree(resolve(import.meta.dirname, ".."));
const reports = checkTree(files);
for (const { path, line, what, rule } of reports) process.stdout.write(`${path}:${line}: ${what} [${rule}]\n`);
process.stdout.write(`${files.length} files, ${rules.length} rules, ${reports.length} findings\n`);
process.exitCode = reports.length > 0 || files.length === 0 ? 1 : 0;
