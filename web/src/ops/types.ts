import type { paths } from "#web/api/schema.gen.ts";

type Reading<Data> = { get: { responses: { 200: { content: { "application/json": { data: Data } } } } } };

/** What a read of the API answers, out of its envelope. */
export type ReadOf<Path extends keyof paths> = paths[Path] extends Reading<infer Data> ? Data : never;

/** What a page is asked for besides its path, as Next hands it over. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

export type QueueList = ReadOf<"/api/v1/admin/manual-orders">;
export type QueueEntry = QueueList["orders"][number];
export type Task = ReadOf<"/api/v1/admin/manual-orders/{orderNumber}">;
export type TaskAttempt = Task["attempts"][number];
export type Instructions = ReadOf<"/api/v1/admin/manual-orders/{orderNumber}/instructions">;
