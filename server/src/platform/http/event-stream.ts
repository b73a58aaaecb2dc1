import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export type EventStream = {
  /** Sends one event; `id` is what a reconnecting browser sends back as `Last-Event-ID`. False once nobody listens. */
  readonly send: (event: string, data: unknown, id?: string) => boolean;
  readonly close: () => void;
  /** Aborted when the listener is gone, whoever hung up. */
  readonly signal: AbortSignal;
};

/** Proxies close a silent connection after 30 to 60 seconds. */
const heartbeatMs = 15_000;

/** A listener that does not read is dropped before what it has not read fills memory; it can come back. */
const unreadBytesMax = 256 * 1024;

/** The streams of each server: they never end by themselves, so a server that stops must end them. */
const openStreams = new WeakMap<FastifyInstance["server"], Set<EventStream>>();

/** Ends every stream of a server that stops; browsers come back by themselves, to another process. */
export function closeEventStreams(server: FastifyInstance["server"]): void {
  for (const stream of openStreams.get(server) ?? []) stream.close();
}

/** Turns a request into server-sent events. The handler then answers `"taken"`. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply): EventStream {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.writeHead(200, {
    ...headersOf(reply),
    "content-type": "text/event-stream; charset=utf-8",
    // Some proxies hold back what they mean to compress.
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  });
  const write = (text: string): boolean => {
    if (gone.signal.aborted || raw.destroyed) return false;
    if (raw.writableLength > unreadBytesMax) {
      raw.destroy();
      return false;
    }
    raw.write(text);
    return true;
  };
  const heartbeat = setInterval(() => write(": still here\n\n"), heartbeatMs);
  const end = (): void => {
    clearInterval(heartbeat);
    siblings.delete(stream);
    gone.abort();
  };
  request.raw.socket.setNoDelay(true);
  raw.on("close", end);
  write(`retry: 2000\n\n`);
  const stream: EventStream = {
    send: (event, data, id) => {
      const idLine = id === undefined ? "" : `id: ${id}\n`;
      return write(`${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close: () => {
      end();
      raw.end();
    },
    signal: gone.signal,
  };
  const siblings = streamsOf(request.server.server).add(stream);
  return stream;
}

/**
 * Answers 204, which tells an EventSource not to come back: whatever it waits for has been told.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#processing-model
 */
export function stayAway(reply: FastifyReply): "taken" {
  reply.hijack();
  reply.raw.writeHead(204, headersOf(reply));
  reply.raw.end();
  return "taken";
}

function streamsOf(server: FastifyInstance["server"]): Set<EventStream> {
  const known = openStreams.get(server);
  if (known !== undefined) return known;
  const made = new Set<EventStream>();
  openStreams.set(server, made);
  return made;
}

/** What hooks have put on the reply (request id, cookies), which hijacking would lose. */
function headersOf(reply: FastifyReply): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value : String(value);
  }
  return headers;
}
