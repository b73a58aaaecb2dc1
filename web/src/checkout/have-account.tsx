"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#web/ui/link.tsx";
import { whoQuery } from "./who-query.ts";

/** For whoever has an account and wants it; small, as nobody needs one. */
export function HaveAccount({ form }: { readonly form: string }) {
  const t = useTranslations("checkout");
  const { data } = useQuery(whoQuery);
  if (data?.kind !== "anonymous") return null;
  const href = `/sign-in?next=${encodeURIComponent(form)}`;
  return (
    <p className="text-sm text-muted">{t.rich("haveAccount", { link: (words) => <Link href={href}>{words}</Link> })}</p>
  );
}
