/** Holds each answer of the API against the OpenAPI document: a status or a code that it does not name is a finding. */
import { must } from "../../server/src/kernel/assert.ts";

type Call = { readonly method: string; readonly url: string };
// oxlint-disable-next-line typescript/no-explicit-any -- whatever was answered
type Reply = { readonly status: number; readonly json: { readonly error: any } | null };
type Answered = Readonly<Record<string, { readonly content?: unknown }>>;
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Answered }>>>>;
};
type Described = {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly responses: Answered;
};

/** @returns what says of an answer in what it goes beyond the document, or null where it does not */
export function holdToDocument(document: Document): (call: Call, reply: Reply) => string | null {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { responses }]): Described => {
      const name = `${method.toUpperCase()} ${path}`;
      return { name, method: method.toUpperCase(), path: patternOf(path), responses };
    }),
  );
  // What is written out comes before what has a name in it, as in the router.
  described.sort((a, b) => Number(a.name.includes("{")) - Number(b.name.includes("{")));
  return (call, reply) => {
    // As the client sends it: dots are resolved before the router sees them.
    const path = URL.parse(`http://host${call.url}`)?.pathname ?? "";
    const operation = described.find((one) => one.method === call.method && one.path.test(path));
    return operation === undefined ? null : beyond(operation, reply);
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function beyond({ name, responses }: Described, { status, json }: Reply): string | null {
  const response = responses[String(status)];
  if (response === undefined) return `${name} answers ${status}, which its description does not name`;
  const code: unknown = json?.error?.code;
  if (typeof code !== "string") return null;
  const codes = codesOf(must(response.content, `${name}: a refusal has a body`));
  return codes.includes(code) ? null : `${name} answers ${status} ${code}, which its description does not name`;
}

type Refusal = {
  readonly "application/json": {
    readonly schema: {
      readonly properties: {
        readonly error: {
          readonly properties: { readonly code: { readonly enum?: readonly string[]; readonly const?: string } };
        };
      };
    };
  };
};

function codesOf(content: unknown): readonly string[] {
  const { code } = (content as Refusal)["application/json"].schema.properties.error.properties;
  return code.enum ?? (code.const === undefined ? [] : [code.const]);
}
