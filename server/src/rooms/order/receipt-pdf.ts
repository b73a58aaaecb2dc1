import PDFDocument from "pdfkit";
import { fontOf } from "./receipt-font.ts";
import type { Receipt, ReceiptPart, ReceiptWords } from "./receipt.ts";

const marginPt = 50;
const widthPt = 595.28 - 2 * marginPt;
/** Below this a table row would run into the page's foot. */
const bottomPt = 841.89 - 90;
/** Where the columns quantity, price and amount end, from the left margin. */
const columnEndsPt = [330, 410, widthPt] as const;

/** A receipt as an A4 PDF, in the reader's language. Of the font with Hangul only the letters in use are put in. */
export function receiptPdf(receipt: Receipt): Promise<Buffer> {
  const document = new PDFDocument({
    size: "A4",
    margin: marginPt,
    info: { Title: `Receipt ${receipt.number}`, Author: "Muse" },
  });
  const done = collected(document);
  const page = new Page(document);
  const { words } = receipt;

  page.title(`Muse · ${words.receipt}`);
  page.pair(words.number, receipt.number);
  page.pair(words.date, receipt.date);
  for (const [index, line] of receipt.buyer.entries()) page.pair(index === 0 ? words.buyer : "", line);
  for (const part of receipt.parts) writePart(page, part, words);
  page.rule();
  page.sum(words.paid, receipt.total, true);
  if (receipt.refunded !== null) page.sum(words.refunded, receipt.refunded, true);
  if (page.hasRewritten) page.note(words.rewritten);
  document.end();
  return done;
}

function writePart(page: Page, part: ReceiptPart, words: ReceiptWords): void {
  const soldBy = part.soldBy === null ? [] : [part.soldBy, words.merchant];
  page.heading(part.storeName, [`${words.order} ${part.orderNumber}`, ...soldBy].join(" · "));
  page.row([words.item, words.quantity, words.unitPrice, words.amount], true);
  for (const line of part.lines) page.row([line.title, line.quantity, line.unitPrice, line.total], false);
  for (const { label, amount } of part.sums) page.sum(label, amount, false);
  if (part.agreed !== null) page.note(part.agreed);
}

/** Writes downwards, and starts a new page where the old one ends. */
class Page {
  /** Whether something could not be written as it is. */
  hasRewritten = false;
  readonly #document: PDFKit.PDFDocument;

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
  }

  title(text: string): void {
    this.#document.text(this.#set(text, 20, true), marginPt).moveDown(0.8);
  }

  heading(text: string, below: string): void {
    this.#room(80);
    this.#document.moveDown(1.2).text(this.#set(text, 13, true), marginPt, undefined, { width: widthPt });
    this.#document.text(this.#set(below, 9, false), marginPt).moveDown(0.5);
  }

  pair(label: string, value: string): void {
    const y = this.#document.y;
    this.#document.text(this.#set(label, 10, true), marginPt, y, { width: 90 });
    this.#document.text(this.#set(value, 10, false), marginPt + 100, y, { width: widthPt - 100 });
  }

  row(cells: readonly [string, string, string, string], isHead: boolean): void {
    const [title, ...rest] = cells;
    this.#room(this.#document.heightOfString(this.#set(title, 10, isHead), { width: 260 }) + 6);
    const y = this.#document.y;
    for (const [index, cell] of rest.entries())
      this.#rightAligned(this.#set(cell, 10, isHead), columnEndsPt[index] ?? widthPt, y);
    this.#document.text(this.#set(title, 10, isHead), marginPt, y, { width: 260 }).moveDown(0.3);
  }

  sum(label: string, amount: string, isBold: boolean): void {
    this.#room(18);
    const y = this.#document.y;
    this.#rightAligned(this.#set(amount, 10, isBold), widthPt, y);
    this.#document.text(this.#set(label, 10, isBold), marginPt, y, { width: columnEndsPt[1], align: "right" });
  }

  rule(): void {
    this.#room(40);
    const y = this.#document.y + 8;
    this.#document
      .moveTo(marginPt, y)
      .lineTo(marginPt + widthPt, y)
      .lineWidth(1)
      .stroke();
    this.#document.y = y + 8;
  }

  note(text: string): void {
    this.#room(40);
    this.#document.moveDown(1.5).text(this.#set(text, 8, false), marginPt, undefined, { width: widthPt });
  }

  #rightAligned(text: string, endPt: number, y: number): void {
    this.#document.text(text, marginPt + endPt - 100, y, { width: 100, align: "right", lineBreak: false });
  }

  #room(neededPt: number): void {
    if (this.#document.y + neededPt > bottomPt) this.#document.addPage();
  }

  /** Chooses the font that has this text's letters; answers the text as that can write it. */
  #set(text: string, sizePt: number, isBold: boolean): string {
    const written = fontOf(text, isBold);
    this.hasRewritten ||= written.isChanged;
    this.#document.font(written.font).fontSize(sizePt);
    return written.text;
  }
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
}
