import type { FastifyReply } from "fastify";
import { assert } from "#kernel/assert.ts";
import type { RouteRequest } from "./request-headers.ts";
import { countStreams, type StreamCounts } from "./stream-counts.ts";

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

/** The streams of one server: they never end by themselves, so a server that stops must end them. */
export type EventStreams = { readonly open: Set<EventStream>; readonly counts: StreamCounts };

/** @param rateLimitFactor every limit times this; 0 for none */
export function eventStreams(rateLimitFactor: number): EventStreams {
  return { open: new Set(), counts: countStreams(rateLimitFactor) };
}

/** Ends every stream of a server that stops; browsers come back by themselves, to another process. */
export function closeEventStreams(streams: EventStreams): void {
  for (const stream of streams.open) stream.close();
}

/**
 * Turns a request into server-sent events. The handler then answers `"taken"`. From here on it is no request that waits
 * to be served: what a stream holds is bounded by its caller's limit and by the sockets that a process takes.
 *
 * @throws ProblemError 429, with nothing sent yet, where the caller has as many open as they may
 */
export function openEventStream(request: RouteRequest, reply: FastifyReply): EventStream {
  const { open, counts } = request.server.streams;
  counts.refuseTooMany(request);
  reply.hijack();
  request.leaveFlight?.();
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
    if (!open.delete(stream)) return;
    clearInterval(heartbeat);
    giveBack();
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
  const giveBack = counts.take(request);
  open.add(stream);
  // Gone while its handler was still reading: nothing will tell of it again.
  if (raw.destroyed) end();
  return stream;
}

/**
 * Answers 204, which tells an EventSource not to come back: whatever it waits for has been told.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#processing-model
 */
export function stayAway(reply: FastifyReply): "taken" {
  const { muse } = reply.request.routeOptions.config;
  assert(muse?.statuses.includes(204) === true, "stayAway: the route's description names 204");
  reply.hijack();
  reply.raw.writeHead(204, headersOf(reply));
  reply.raw.end();
  return "taken";
}

/** What hooks have put on the reply (request id, cookies), which hijacking would lose. */
function headersOf(reply: FastifyReply): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value : String(value);
  }
  return headers;
}
