import { problem, type Problem } from "./problem.ts";

/** One finding of the schema, as fastify-type-provider-zod hands it over. */
export type Finding = {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: { readonly [key: string]: unknown };
  /** The schema's own words. */
  readonly message?: string | undefined;
};

/**
 * The first finding as a refusal that names the field and says what is wanted of it. Only the schema's own words are
 * used, never the value that was sent: it may be personal.
 */
export function invalidRequest(finding: Finding, context: string | undefined): Problem {
  const path = fieldOf(finding.instancePath);
  if (finding.keyword === "unrecognized_keys") {
    const [first] = listOf(finding.params["keys"]);
    return problem("unknown_field", { field: shortened(join(path, typeof first === "string" ? first : "")) });
  }
  const said = ownWords(finding);
  if (path === "" && said !== null) return problem("request_invalid", { message: said });
  if (path === "") {
    return problem("request_invalid", {
      message: context === "body" ? wantsBody : wantsOther,
    });
  }
  if (said !== null) {
    return problem("request_invalid", { field: path, message: { ...said, ko: `"${path}" 항목: ${said.ko}` } });
  }
  const wish = wishOf(finding);
  return problem("request_invalid", {
    field: path,
    message: { en: `"${path}" ${wish.en}`, ko: `"${path}" 항목: ${wish.ko}` },
  });
}

/** What a rule of our contracts says that no schema can (`refine`): a sentence in English, written beside the rule. */
function ownWords({ keyword, message }: Finding): Words | null {
  if (keyword !== "custom" || message === undefined || message === "Invalid input") return null;
  return { en: message, ko: "올바르지 않은 값입니다." };
}

type Words = { readonly en: string; readonly ko: string };

const wantsBody: Words = {
  en: "The body must be a JSON object of the documented shape.",
  ko: "본문은 문서에 적힌 형식의 JSON 객체여야 합니다.",
};
const wantsOther: Words = { en: "The request's parameters are not valid.", ko: "요청 매개변수가 올바르지 않습니다." };

function wishOf({ keyword, params }: Finding): Words {
  switch (keyword) {
    case "invalid_type":
      return typeWish(String(params["expected"]));
    case "too_small":
      return limitWish("at least", "이상", params["origin"], params["minimum"]);
    case "too_big":
      return limitWish("at most", "이하", params["origin"], params["maximum"]);
    case "invalid_value":
      return valueWish(listOf(params["values"]));
    case "invalid_format":
      return formatWish(String(params["format"]));
    default:
      return { en: "is not valid.", ko: "올바르지 않은 값입니다." };
  }
}

const types: { readonly [type: string]: Words } = {
  string: { en: "text", ko: "문자열" },
  number: { en: "a number", ko: "숫자" },
  int: { en: "a whole number", ko: "정수" },
  boolean: { en: "true or false", ko: "true 또는 false" },
  array: { en: "a list", ko: "배열" },
  object: { en: "an object", ko: "객체" },
};

function typeWish(expected: string): Words {
  const type = types[expected];
  if (type === undefined)
    return { en: "is missing or of the wrong type.", ko: "값이 없거나 형식이 올바르지 않습니다." };
  return { en: `is required and must be ${type.en}.`, ko: `필수이며 ${type.ko}여야 합니다.` };
}

function limitWish(en: string, ko: string, origin: unknown, limit: unknown): Words {
  const amount = String(limit);
  if (origin === "string") {
    return { en: `must have ${en} ${amount} characters.`, ko: `${amount}자 ${ko}여야 합니다.` };
  }
  if (origin === "array") {
    return { en: `must have ${en} ${amount} entries.`, ko: `${amount}개 ${ko}여야 합니다.` };
  }
  return { en: `must be ${en} ${amount}.`, ko: `${amount} ${ko}여야 합니다.` };
}

function valueWish(values: readonly unknown[]): Words {
  const shown = values.map(String).join(", ");
  return { en: `must be one of: ${shown}.`, ko: `다음 중 하나여야 합니다: ${shown}` };
}

const formats: { readonly [format: string]: Words } = {
  email: { en: "an e-mail address", ko: "이메일 주소" },
  url: { en: "a web address", ko: "웹 주소" },
  datetime: { en: "a time in RFC 3339, UTC", ko: "RFC 3339 형식의 UTC 시각" },
  date: { en: "a date such as 2026-11-21", ko: "2026-11-21 형식의 날짜" },
};

function formatWish(format: string): Words {
  const known = formats[format];
  if (known === undefined) return { en: "does not have the documented form.", ko: "문서에 적힌 형식이 아닙니다." };
  return { en: `must be ${known.en}.`, ko: `${known.ko}여야 합니다.` };
}

/** `/items/0/quantity` → `items[0].quantity` */
function fieldOf(instancePath: string): string {
  const path = instancePath
    .split("/")
    .filter((part) => part !== "")
    .reduce(join, "");
  return shortened(path);
}

function join(path: string, part: string): string {
  if (/^\d+$/.test(part)) return `${path}[${part}]`;
  return path === "" ? part : `${path}.${part}`;
}

/** A field's name can come from the caller; as a name it goes back to them, but not a page of it. */
function shortened(path: string): string {
  return path.length > 100 ? `${path.slice(0, 100)}…` : path;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
