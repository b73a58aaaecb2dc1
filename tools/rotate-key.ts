/**
 * Puts the stores' credentials under another master key (docs/running.md, "Another master key"):
 *
 *     npm run rotate-key      the database of `npm start`, or DATABASE_URL
 *
 * Exit code: 0 all are under the new key, 1 not yet.
 */
import { runPart } from "./run-part.ts";
import { runTool } from "./run-tool.ts";

await runTool(() => runPart(["rotate-key"]));
