import type { SessionEvent } from "@muse/contracts/checkout";

/** What a page is told while it stands open: each event is the whole state. */
export type Told = Pick<SessionEvent, "status" | "payment" | "orders">;

export type Following = {
  readonly url: URL;
  readonly bearer: string;
  /** The last state that was seen; "" for none. */
  readonly seenId: string;
  readonly signal: AbortSignal;
  /** Answers whether it has heard enough. */
  readonly onEvent: (told: Told, id: string) => boolean;
};

/**
 * Reads one stream of a session until it breaks, ends or has said enough, as a browser's EventSource does it.
 *
 * @returns "over": enough was heard, or there will be no more; "broken": whoever listens comes back with the last id
 */
export async function readEvents({ url, bearer, seenId, signal, onEvent }: Following): Promise<"over" | "broken"> {
  try {
    const headers = { authorization: `Bearer ${bearer}`, ...(seenId === "" ? {} : { "last-event-id": seenId }) };
    const response = await fetch(url, { headers, signal });
    if (response.status === 204) return "over";
    if (!response.ok || response.body === null) return "broken";
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const [id, data] = [fieldOf(block, "id"), fieldOf(block, "data")];
        if (data !== null && onEvent(JSON.parse(data) as Told, id ?? "")) return "over";
      }
    }
  } catch {
    // Refused, cut off or left alone: it is opened again.
  }
  return "broken";
}

function fieldOf(block: string, name: string): string | null {
  const line = block.split("\n").find((each) => each.startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trimStart();
}
