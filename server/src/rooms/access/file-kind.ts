/** What may be sold as a file, by the ending of its name. What runs by itself or in a browser's page is not among it. */
const kinds: Readonly<Record<string, Kind>> = {
  zip: { contentType: "application/zip", starts: ["504b0304", "504b0506"] },
  pdf: { contentType: "application/pdf", starts: ["25504446"] },
  epub: { contentType: "application/epub+zip", starts: ["504b0304"] },
  png: { contentType: "image/png", starts: ["89504e47"] },
  jpg: { contentType: "image/jpeg", starts: ["ffd8ff"] },
  jpeg: { contentType: "image/jpeg", starts: ["ffd8ff"] },
  gif: { contentType: "image/gif", starts: ["47494638"] },
  webp: { contentType: "image/webp", starts: ["52494646"] },
  psd: { contentType: "image/vnd.adobe.photoshop", starts: ["38425053"] },
  tif: { contentType: "image/tiff", starts: ["49492a00", "4d4d002a"] },
  tiff: { contentType: "image/tiff", starts: ["49492a00", "4d4d002a"] },
  mp3: { contentType: "audio/mpeg", starts: ["494433", "fffb", "fff3", "fff2"] },
  wav: { contentType: "audio/wav", starts: ["52494646"] },
  flac: { contentType: "audio/flac", starts: ["664c6143"] },
  ogg: { contentType: "audio/ogg", starts: ["4f676753"] },
  mp4: { contentType: "video/mp4", starts: ["66747970"], at: 4 },
  m4a: { contentType: "audio/mp4", starts: ["66747970"], at: 4 },
  mov: { contentType: "video/quicktime", starts: ["66747970", "6d6f6f76"], at: 4 },
  docx: { contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", starts: ["504b0304"] },
  xlsx: { contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", starts: ["504b0304"] },
  pptx: { contentType: "application/vnd.openxmlformats-officedocument.presentationml.presentation", starts: ["504b0304"] },
  ttf: { contentType: "font/ttf", starts: ["00010000", "74727565"] },
  otf: { contentType: "font/otf", starts: ["4f54544f"] },
  woff2: { contentType: "font/woff2", starts: ["774f4632"] },
  txt: { contentType: "text/plain; charset=utf-8", starts: null },
  md: { contentType: "text/markdown; charset=utf-8", starts: null },
  csv: { contentType: "text/csv; charset=utf-8", starts: null },
  json: { contentType: "application/json", starts: null },
  srt: { contentType: "text/plain; charset=utf-8", starts: null },
};

type Kind = {
  readonly contentType: string;
  /** The first bytes of such files, in hex; null: text. */
  readonly starts: readonly string[] | null;
  /** Where they stand. */
  readonly at?: number;
};

/** As many bytes as `fileKind` looks at. */
export const headBytes = 4096;

/** The endings of names that are taken, for the page that asks for a file. */
export const fileEndings: readonly string[] = Object.keys(kinds);

/** Whether the name alone is one that could be sold, before anything is sent. */
export function isSellableName(name: string): boolean {
  return kindOf(name) !== undefined;
}

/** The content type of a file, by its name and its first bytes together; null where they are not of one kind. */
export function fileKind(name: string, head: Buffer): string | null {
  const kind = kindOf(name);
  if (kind === undefined) return null;
  const isSo = kind.starts === null ? isText(head) : startsWithAny(head.subarray(kind.at ?? 0), kind.starts);
  return isSo ? kind.contentType : null;
}

function kindOf(name: string): Kind | undefined {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
}

function startsWithAny(head: Buffer, starts: readonly string[]): boolean {
  const hex = head.subarray(0, 8).toString("hex");
  return starts.some((start) => hex.startsWith(start));
}

/** No NUL in it, and no program: a script begins with what runs it. */
function isText(head: Buffer): boolean {
  return !head.includes(0) && !head.subarray(0, 2).equals(Buffer.from("#!"));
}
