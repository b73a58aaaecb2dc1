import { Failure } from "@muse/contracts/envelope";

/** Something that is not as it should be, told to whoever watches: what was asked, and what was answered. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}

export type Refused = {
  readonly kind: "refused";
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
};

export type Answered<Data> = { readonly kind: "answered"; readonly status: number; readonly data: Data };

/** What an answer must look like: the contract's own schema. */
export type Schema<Data> = {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: Data } | { readonly success: false; readonly error: SchemaError };
};

type SchemaError = { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One person's way to the API: it keeps their session's cookie, or their token, as a browser or an app would. */
export type Client = {
  /** Asks, and takes a refusal for an answer. Every answer is held against the contract. */
  readonly ask: <Data>(request: string, reply: Schema<Data>, body?: unknown) => Promise<Answered<Data> | Refused>;
  /** Asks for what must work. @throws DemoError with the API's own words where it does not */
  readonly get: <Data>(request: string, reply: Schema<Data>, body?: unknown) => Promise<Data>;
};

export type ApiSettings = {
  readonly apiUrl: string;
  readonly language: "en" | "ko";
  readonly signal: AbortSignal;
  readonly token?: string;
};

/** The place call waits for stores for ten seconds; nothing of ours takes longer than that. */
const answerMsMax = 20_000;

export function openClient(settings: ApiSettings): Client {
  const cookies = new Map<string, string>();
  const ask: Client["ask"] = async (request, reply, body) => {
    const response = await send(settings, cookies, request, body);
    keepCookies(cookies, response);
    const text = await response.text();
    const failure = Failure.safeParse(parsed(text));
    if (failure.success) {
      const { code, message, details = {}, field } = failure.data.error;
      return {
        kind: "refused",
        status: response.status,
        code,
        message: field === undefined ? message : `${message} (${field})`,
        details,
      };
    }
    return { kind: "answered", status: response.status, data: contents(request, response.status, text, reply) };
  };
  return {
    ask,
    get: async (request, reply, body) => {
      const answer = await ask(request, reply, body);
      if (answer.kind === "answered") return answer.data;
      throw new DemoError(`${request} was refused: ${answer.status} ${answer.code}: ${answer.message}`);
    },
  };
}

async function send(
  { apiUrl, language, signal, token }: ApiSettings,
  cookies: ReadonlyMap<string, string>,
  request: string,
  body: unknown,
): Promise<Response> {
  const [method, path] = request.split(" ") as [Method, string];
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  try {
    return await fetch(new URL(path, apiUrl), {
      method,
      headers: {
        accept: "application/json",
        "accept-language": language,
        ...(cookie === "" ? {} : { cookie }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const why = error instanceof Error && error.name === "TimeoutError" ? "did not answer in time" : "got no answer";
    throw new DemoError(`${request} ${why}`, { cause: error });
  }
}

function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (name !== undefined && value !== undefined) cookies.set(name, value);
  }
}

function contents<Data>(request: string, status: number, text: string, reply: Schema<Data>): Data {
  const envelope = parsed(text);
  const data = typeof envelope === "object" && envelope !== null && "data" in envelope ? envelope.data : undefined;
  const read = reply.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined ? "" : ` at ${issue.path.join(".")}: ${issue.message}`;
  throw new DemoError(`${request} answered ${status}, and not what the contract says${where}: ${text.slice(0, 300)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
