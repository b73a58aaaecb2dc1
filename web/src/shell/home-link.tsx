import NextLink from "next/link";
import { Wordmark } from "#web/ui/logo.tsx";

/** The name, which leads home; `prefetch={false}` where hardly anybody wants to. */
export function HomeLink({ label, prefetch = null }: { readonly label: string; readonly prefetch?: false | null }) {
  return (
    <NextLink href="/" prefetch={prefetch} aria-label={label} className="-m-2 rounded p-2 text-ink">
      <Wordmark className="h-5.5 md:h-6" />
    </NextLink>
  );
}
