import "server-only";
import { headers } from "next/headers";

/** This answer's nonce, out of the policy that proxy.ts has given it. Undefined where there is none. */
export async function pageNonce(): Promise<string | undefined> {
  return /'nonce-([^']+)'/.exec((await headers()).get("content-security-policy") ?? "")?.[1];
}
