import "server-only";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";

export type Operator = { readonly accountId: string; readonly name: string; readonly isAdmin: boolean };

export type Visitor =
  | { readonly kind: "operator"; readonly operator: Operator }
  /** The role is theirs, but works only after a sign-in with a second factor. */
  | { readonly kind: "second_factor_missing" }
  | { readonly kind: "nobody" }
  /** Signed in, and no operator: to them the desk is not there. */
  | { readonly kind: "stranger" };

/** Who asks for a page of the desk. Once a request, for the frame and the page. */
export const readVisitor = cache(async (): Promise<Visitor> => {
  const api = await serverApi();
  try {
    const { accountId, kind, role, name, needsSecondFactor } = await call(api.GET("/api/v1/account"));
    if (kind !== "person") return { kind: "nobody" };
    if (needsSecondFactor) return { kind: "second_factor_missing" };
    if (role !== "ops" && role !== "admin") return { kind: "stranger" };
    return { kind: "operator", operator: { accountId, name: name ?? accountId, isAdmin: role === "admin" } };
  } catch (error) {
    if (isApiError(error, "not_signed_in")) return { kind: "nobody" };
    throw error;
  }
});

/** Every page of the desk begins with it: who is nobody signs in first, to whom it is not there is told so. */
export async function mustBeAtDesk(path: string): Promise<void> {
  const { kind } = await readVisitor();
  if (kind === "nobody") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (kind === "stranger") notFound();
}
