/** What a person reads while the demo plays: numbered steps with their times, and checks with a tick or a cross. */
export type Page = {
  readonly line: (text?: string) => void;
  /** Does something, then tells it: the title with how long it took, and the lines that the work answers. */
  readonly step: <Done>(title: string, work: () => Promise<Told<Done>>) => Promise<Done>;
  /** Begins something that tells its lines itself as they happen. */
  readonly chapter: (title: string) => void;
  /** A line of a chapter, with how long it took where that is known. */
  readonly event: (text: string, ms?: number) => void;
  readonly check: (isSo: boolean, text: string, found?: string) => void;
};

export type Told<Done> = { readonly done: Done; readonly lines: readonly string[] };

type Output = { readonly write: (text: string) => unknown; readonly isTTY?: boolean };

const columns = 96;
const indent = "     ";

/** A terminal gets a little colour; a file or a pipe gets plain text. */
export function openPage(output: Output): Page {
  const paint = painter(output.isTTY === true);
  let number = 0;
  const line = (text = ""): void => {
    output.write(`${text}\n`);
  };
  const heading = (title: string, ms?: number): void => {
    number += 1;
    line();
    line(`${String(number).padStart(3)}  ${withTime(paint.bold, title, ms, columns - indent.length)}`);
  };
  return {
    line,
    step: async (title, work) => {
      const startedMs = performance.now();
      const { done, lines } = await work();
      heading(title, performance.now() - startedMs);
      for (const each of lines) line(each === "" ? "" : `${indent}${each}`);
      return done;
    },
    chapter: (title) => heading(title),
    event: (text, ms) => line(`${indent}${withTime((same) => same, text, ms, columns - indent.length)}`),
    check: (isSo, text, found) => {
      const mark = isSo ? paint.green("✔") : paint.red("✘");
      line(`${indent}${mark} ${text}${isSo || found === undefined ? "" : paint.red(`   but: ${found}`)}`);
    },
  };
}

/** Two columns: what it is, filled up to a width, and the rest. A name that is too long keeps its end. */
export function aligned(cells: readonly (readonly [text: string, width: number])[], amount?: string): string {
  const left = cells.map(([text, width]) => padded(text, width)).join(" ");
  return (amount === undefined ? left : `${left} ${" ".repeat(Math.max(0, 12 - widthOf(amount)))}${amount}`).trimEnd();
}

/** "1 order", "2 orders". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Columns of a terminal: Korean letters take two each. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]/g) ?? []).length;
}

function withTime(paint: Paint, text: string, ms: number | undefined, width: number): string {
  if (ms === undefined) return paint(text);
  const time = ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
  return `${paint(text)}${" ".repeat(Math.max(2, width - widthOf(text) - time.length))}${time}`;
}

type Paint = (text: string) => string;

function painter(isColoured: boolean): { readonly bold: Paint; readonly green: Paint; readonly red: Paint } {
  const style =
    (code: number): Paint =>
    (text) =>
      isColoured ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: style(1), green: style(32), red: style(31) };
}
