import PDFDocument from "pdfkit";
import { latinText } from "./latin-text.ts";
import { wordsIn, type Receipt, type ReceiptPart } from "./receipt.ts";

const marginPt = 50;
const widthPt = 595.28 - 2 * marginPt;
/** Below this a table row would run into the page's foot. */
const bottomPt = 841.89 - 90;
/** Where the columns quantity, price and amount end, from the left margin. */
const columnEndsPt = [330, 410, widthPt] as const;

/** A receipt as an A4 PDF. In English words: the built-in fonts have no Hangul (see latin-text.ts). */
export function receiptPdf(receipt: Receipt): Promise<Buffer> {
  const document = new PDFDocument({
    size: "A4",
    margin: marginPt,
    info: { Title: `Receipt ${receipt.number}`, Author: "Muse" },
  });
  const done = collected(document);
  const page = new Page(document);
  const words = wordsIn.en;

  page.title(`Muse · ${words.receipt}`);
  page.pair(words.number, receipt.number);
  page.pair(words.date, receipt.date);
  for (const [index, line] of receipt.buyer.entries()) page.pair(index === 0 ? words.buyer : "", line);
  for (const part of receipt.parts) writePart(page, part);
  page.rule();
  page.sum(words.paid, receipt.total, true);
  if (receipt.refunded !== null) page.sum(words.refunded, receipt.refunded, true);
  if (page.hasLatinized)
    page.note("Names in other scripts are written in Latin letters here; the HTML receipt shows them as they are.");
  document.end();
  return done;
}

function writePart(page: Page, part: ReceiptPart): void {
  const words = wordsIn.en;
  page.heading(part.storeName, `${words.order} ${part.orderNumber}`);
  page.row([words.item, words.quantity, words.unitPrice, words.amount], true);
  for (const line of part.lines) page.row([line.title, line.quantity, line.unitPrice, line.total], false);
  for (const { label, amount } of part.sums) page.sum(label, amount, false);
}

/** Writes downwards, and starts a new page where the old one ends. */
class Page {
  hasLatinized = false;
  readonly #document: PDFKit.PDFDocument;

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
  }

  title(text: string): void {
    this.#document.font("Helvetica-Bold").fontSize(20).text(this.#latin(text), marginPt).moveDown(0.8);
  }

  heading(text: string, below: string): void {
    this.#room(80);
    this.#document
      .moveDown(1.2)
      .font("Helvetica-Bold")
      .fontSize(13)
      .text(this.#latin(text), marginPt, undefined, { width: widthPt });
    this.#document.font("Helvetica").fontSize(9).text(this.#latin(below), marginPt).moveDown(0.5);
  }

  pair(label: string, value: string): void {
    const y = this.#document.y;
    this.#document.fontSize(10).font("Helvetica-Bold").text(this.#latin(label), marginPt, y, { width: 90 });
    this.#document.font("Helvetica").text(this.#latin(value), marginPt + 100, y, { width: widthPt - 100 });
  }

  row(cells: readonly [string, string, string, string], isHead: boolean): void {
    this.#document.font(isHead ? "Helvetica-Bold" : "Helvetica").fontSize(10);
    const [first, ...rest] = cells.map((cell) => this.#latin(cell)) as [string, string, string, string];
    this.#room(this.#document.heightOfString(first, { width: 260 }) + 6);
    const y = this.#document.y;
    for (const [index, cell] of rest.entries()) this.#rightAligned(cell, columnEndsPt[index] ?? widthPt, y);
    this.#document.text(first, marginPt, y, { width: 260 }).moveDown(0.3);
  }

  sum(label: string, amount: string, isBold: boolean): void {
    this.#room(18);
    this.#document.font(isBold ? "Helvetica-Bold" : "Helvetica").fontSize(10);
    const y = this.#document.y;
    this.#rightAligned(this.#latin(amount), widthPt, y);
    this.#document.text(this.#latin(label), marginPt, y, { width: columnEndsPt[1], align: "right" });
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
    this.#document
      .moveDown(1.5)
      .font("Helvetica-Oblique")
      .fontSize(8)
      .text(text, marginPt, undefined, { width: widthPt });
  }

  #rightAligned(text: string, endPt: number, y: number): void {
    this.#document.text(text, marginPt + endPt - 100, y, { width: 100, align: "right", lineBreak: false });
  }

  #room(neededPt: number): void {
    if (this.#document.y + neededPt > bottomPt) this.#document.addPage();
  }

  #latin(text: string): string {
    const latin = latinText(text);
    this.hasLatinized ||= latin.isChanged;
    return latin.text;
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
