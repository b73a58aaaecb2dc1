/** The files that the sandbox's sellers sell, each drawn or reckoned here: byte for byte the same every time. */
import { crc32, deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";

const mm = 72 / 25.4;

/** Twenty-four A5 pages of dots, 5 mm apart. */
export async function notebookPdf(): Promise<Buffer> {
  return await pdf("A5", "Dotted notebook", (document) => {
    for (let page = 0; page < 24; page += 1) {
      if (page > 0) document.addPage();
      for (let y = 10; y <= 200; y += 5) for (let x = 9; x <= 139; x += 5) document.rect(x * mm, y * mm, 0.9, 0.9);
      document.fill("#9a9a9a");
    }
  });
}

/** Korean manuscript paper: ten rows of twenty squares, with a narrow strip between the rows for corrections. */
export async function manuscriptPdf(): Promise<Buffer> {
  return await pdf("A4", "Manuscript paper", (document) => {
    const [side, strip, left, top] = [8.5 * mm, 4 * mm, 20 * mm, 60 * mm];
    for (let row = 0; row < 10; row += 1)
      for (let column = 0; column < 20; column += 1)
        document.rect(left + column * side, top + row * (side + strip), side, side);
    document.lineWidth(0.5).stroke("#b5482f");
  });
}

/** Of all the files: a clock in them would make others of them every time. */
const drawnAt = new Date("2026-11-01T00:00:00Z");

async function pdf(size: string, title: string, draw: (document: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const document = new PDFDocument({ size, margin: 0, info: { Title: title, Author: "Muse", CreationDate: drawnAt } });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.once("end", () => resolve(Buffer.concat(chunks)));
    document.once("error", reject);
  });
  draw(document);
  document.end();
  return await done;
}

/** Three runs a week, each longer than the last one's week. */
export async function runningPlanCsv(): Promise<Buffer> {
  const rows = Array.from({ length: 12 }, (_, index) => {
    const week = index + 1;
    const long = (2.5 + (7.5 * index) / 11).toFixed(1);
    return [
      `${week},Tuesday,${20 + week * 2},${week < 5 ? "run 2 min and walk 1 min in turns" : "easy"}`,
      `${week},Thursday,${18 + week * 2},${week < 7 ? "easy" : "every fifth minute faster"}`,
      `${week},Sunday,,long: ${long} km without hurry`,
    ];
  });
  return csv(["week,day,minutes,how", ...rows.flat()]);
}

const weekdays = ["일", "월", "화", "수", "목", "금", "토"] as const;

/** All days of 2027, with room for how far and where. */
export async function walkingLogCsv(): Promise<Buffer> {
  const rows = Array.from({ length: 365 }, (_, index) => {
    const day = new Date(Date.UTC(2027, 0, 1 + index));
    return `${day.toISOString().slice(0, 10)},${weekdays[day.getUTCDay()] ?? ""},,,`;
  });
  return csv(["날짜,요일,거리(km),어디,메모", ...rows]);
}

/** With the mark that lets a spreadsheet know its letters. */
function csv(lines: readonly string[]): Buffer {
  return Buffer.from(`\uFEFF${lines.join("\r\n")}\r\n`);
}

const seasons = ["spring", "summer", "autumn", "winter"] as const;

/** Three palettes a season: five colours around one hue. */
export async function palettesJson(): Promise<Buffer> {
  const palettes = seasons.flatMap((season, quarter) =>
    [0, 1, 2].map((number) => ({
      name: `${season} ${number + 1}`,
      colors: [22, 38, 54, 70, 88].map((lightness, step) => {
        const hue = (110 + quarter * 90 + number * 24 + step * 6) % 360;
        return `hsl(${hue} ${52 - step * 6}% ${lightness}%)`;
      }),
    })),
  );
  return Buffer.from(`${JSON.stringify({ palettes }, null, 2)}\n`);
}

const patternPx = 512;

/** Waves that meet at every edge, as an 8-bit grey PNG. */
export async function patternPng(): Promise<Buffer> {
  const rows = Buffer.alloc(patternPx * (patternPx + 1));
  const turn = (2 * Math.PI) / patternPx;
  for (let y = 0; y < patternPx; y += 1)
    for (let x = 0; x < patternPx; x += 1) {
      const height = Math.sin(8 * turn * y + 2 * Math.sin(2 * turn * x)) + Math.sin(4 * turn * x) / 2;
      rows[y * (patternPx + 1) + 1 + x] = Math.round(128 + height * 72);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(patternPx, 0);
  head.writeUInt32BE(patternPx, 4);
  // Eight bits, grey; packed, filtered and laced as every PNG is.
  head.writeUInt8(8, 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND")]);
}

/** @see https://www.w3.org/TR/png/#5Chunk-layout */
function chunk(kind: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
