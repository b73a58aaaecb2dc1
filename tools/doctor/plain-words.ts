/** What a program said of its failure: its first line, in words that somebody else understands, and cut to a length. */
export function plainWords(text: string): string {
  const [line = ""] = text.split("\n", 1);
  const words = known.reduce((said, [code, plain]) => said.replaceAll(code, plain), line);
  return words.length > lengthMax ? `${words.slice(0, lengthMax)}…` : words;
}

const lengthMax = 200;

const known: readonly (readonly [RegExp, string])[] = [
  [/(?:connect )?ECONNREFUSED(?: \S+)?/g, "nobody listens there"],
  [/ECONNRESET|socket hang up|EPIPE/g, "the connection was cut"],
  [/ETIMEDOUT|ESOCKETTIMEDOUT|TimeoutError/g, "no answer in time"],
  [/ENOTFOUND(?: \S+)?|EAI_AGAIN(?: \S+)?/g, "its name is not known to the network"],
  [/canceling statement due to statement timeout/g, "the database took too long"],
  [/canceling statement due to lock timeout/g, "somebody else held the row"],
  [/permission denied for (?:schema|table|view) (\S+)/g, "this user may not read $1"],
  [/InvariantError/g, "something happened that must not (see the log)"],
  [/StripeConnectionError/g, "the provider did not answer"],
];
