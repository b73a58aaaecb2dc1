/** Everything that a tool can put right: the generated files, then the format of the rest. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { runTool } from "./run-tool.ts";
import { schema } from "./schema.ts";
import { withScratchDatabase } from "./scratch-database.ts";
import { writeModules } from "./sqlgen.ts";

await runTool(() =>
  withScratchDatabase(async (url) => {
    const types = await writeModules(url, false);
    const dump = await schema(url, false);
    const format = spawnSync("oxfmt", [], { cwd: resolve(import.meta.dirname, ".."), stdio: "inherit" });
    return Math.max(types, dump, format.status ?? 1);
  }),
);
