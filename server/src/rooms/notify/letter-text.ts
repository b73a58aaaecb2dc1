import type { Block, Letter, Sum } from "./letter.ts";
import { footerOf } from "./words.ts";

/** The same letter for those who read mail as text. */
export function letterText(letter: Letter): string {
  const parts = letter.blocks.map(blockText).filter((text) => text !== "");
  return `${[...parts, `-- \n${footerOf(letter).join("\n")}`].join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "title":
    case "paragraph":
      return plain(block.text);
    case "action":
      return `${block.label}:\n${block.url}`;
    case "order":
      return [
        `${plain(block.storeName)} (${block.orderNumber})`,
        block.state.text,
        ...block.notes.map(plain),
        ...block.lines.map(
          ({ title, detail, amount }) =>
            `- ${[plain(title), plain(detail)].filter((part) => part !== "").join(", ")}: ${amount}`,
        ),
        ...block.sums.map(sumText),
      ].join("\n");
    case "sums":
      return block.rows.map(sumText).join("\n");
    case "facts":
      return block.rows
        .map(({ label, lines, url }) =>
          [`${label}:`, ...lines.map(plain), ...(url === undefined ? [] : [url])].join("\n"),
        )
        .join("\n\n");
  }
}

function sumText({ label, amount }: Sum): string {
  return `${label}: ${amount}`;
}

/** What others wrote stays on its line: a title with line breaks could otherwise pose as words of ours. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- that is what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ").trim();
}
