import type { Finding, Rule } from "./rule.ts";
import type { SourceFile } from "./tree.ts";

const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path);
const isTest = (path: string): boolean => /(^|\/)test\/|\.test\.tsx?$|(^|\/)conformance\.ts$/.test(path);
const isTool = (path: string): boolean => path.startsWith("tools/");
/** These two files name what they look for. */
const isTidy = (path: string): boolean => path.startsWith("tools/tidy");

const doorLinesMax = 30;
const fileLinesMax = 400;
const columnsMax = 120;

const wideComment = new RegExp(`^(?=\\s*(//|/?\\*))(?!.*://).{${columnsMax + 1},}$`);

/** Reaching out of the process: a request is bounded, retried and recorded in these places or nowhere. */
const mayCallOut = [
  /^server\/src\/platform\/outbound\//,
  /^connectors\/src\/http\b/,
  /^connectors\/src\/.*\/?http[-/.]/,
  /^sandbox\//,
  /^web\//,
];

/** A program reads its environment in one place, checks it there, and passes values on. */
const mayReadEnvironment = [/(^|\/)config(\.ts$|\/)/, /^web\/next\.config\.ts$/, /playwright\.config\.ts$/];

export const codeRules: readonly Rule[] = [
  {
    name: `a room's door is at most ${doorLinesMax} lines`,
    appliesTo: (path) => /^server\/src\/rooms\/[^/]+\/index\.ts$/.test(path),
    check: (file) => tooLong(file, doorLinesMax),
  },
  {
    name: `a file is at most ${fileLinesMax} lines`,
    appliesTo: isTypeScript,
    check: (file) => tooLong(file, fileLinesMax),
  },
  {
    name: `a comment is at most ${columnsMax} columns wide`,
    appliesTo: isTypeScript,
    // Code is broken by the formatter; an address cannot be broken.
    check: (file) => matches(file, wideComment, () => "too wide"),
  },
  {
    name: "environment variables are read in a program's config file alone",
    appliesTo: (path) =>
      isTypeScript(path) && !isTest(path) && !isTool(path) && !mayReadEnvironment.some((place) => place.test(path)),
    check: (file) => codeMatches(file, /\bprocess\s*\.\s*env\b/, () => "process.env"),
  },
  {
    name: "the outside is called through platform/outbound alone",
    appliesTo: (path) =>
      isTypeScript(path) && !isTest(path) && !isTool(path) && !mayCallOut.some((place) => place.test(path)),
    check: (file) =>
      codeMatches(file, /(?<![.\w])fetch\s*\(|\bhttps?\.(request|get)\(|from "(undici|axios|got)"/, ([found]) => found),
  },
  {
    name: "a room reads the time from its clock or its database",
    appliesTo: (path) => path.startsWith("server/src/rooms/") && isTypeScript(path) && !isTest(path),
    check: (file) => codeMatches(file, /\bDate\.now\(|\bnew Date\(\)/, ([found]) => `${found}: take it from the clock`),
  },
  {
    name: "SQL stands in .sql files",
    appliesTo: (path) =>
      /^(server|connectors|contracts|web)\//.test(path) && isTypeScript(path) && !isTest(path) && !mayHoldSql(path),
    check: (file) =>
      codeMatches(
        file,
        /["'`]\s*(select\s+[\w*("']|insert\s+into\s|update\s+\w+(\.\w+)?\s+(\w+\s+)?set\b|delete\s+from\s|with\s+\w+\s+as\s*\()/i,
        () => "a statement in a string",
      ),
  },
  {
    name: "nothing is left for later, and every file is named by what it does",
    appliesTo: (path) => !isTidy(path),
    check: (file) => [...leftovers(file), ...vagueName(file)],
  },
  {
    name: "no test is skipped or alone",
    appliesTo: (path) => isTypeScript(path) && isTest(path) && !isTidy(path),
    check: (file) => codeMatches(file, /\b(test|it|describe)\.(skip|only|todo|fixme)\b/, ([found]) => found),
  },
];

/** The driver's own few words (begin, listen), and the platform's statements where it keeps them. */
function mayHoldSql(path: string): boolean {
  return /^server\/src\/platform\/(db\/|.*-statements\.ts$)/.test(path);
}

function leftovers(file: SourceFile): Finding[] {
  return matches(file, /\b(TODO|FIXME|XXX|HACK|WIP)\b/, ([found]) => `"${found}": do it, or write it down as an issue`);
}

function vagueName({ path }: SourceFile): Finding[] {
  const vague = /(^|\/)(utils?|helpers?|common|misc|manager|service|base|impl)(\/|(\.test)?\.tsx?$)/.exec(path);
  return vague === null ? [] : [{ line: 1, what: `"${vague[2]}" says nothing: name it by what it does` }];
}

function tooLong(file: SourceFile, linesMax: number): Finding[] {
  const lines = file.text.endsWith("\n") ? file.lines.length - 1 : file.lines.length;
  return lines <= linesMax ? [] : [{ line: linesMax + 1, what: `${lines} lines` }];
}

type Describe = (match: RegExpExecArray) => string;

function matches(file: SourceFile, pattern: RegExp, describe: Describe): Finding[] {
  return file.lines.flatMap((line, index) => {
    const match = pattern.exec(line);
    return match === null ? [] : [{ line: index + 1, what: describe(match) }];
  });
}

/** As `matches`, but not in comments, which may talk about anything. */
function codeMatches(file: SourceFile, pattern: RegExp, describe: Describe): Finding[] {
  const blank = (comment: string): string => comment.replaceAll(/[^\n]/g, " ");
  const text = file.text.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/(?<![:"'`\w/])\/\/[^\n]*/g, blank);
  return matches({ ...file, lines: text.split("\n") }, pattern, describe);
}
