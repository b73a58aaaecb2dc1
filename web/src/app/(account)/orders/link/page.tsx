import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkOver, OpenLink } from "#web/orders/open-link.tsx";
import { signedInAs } from "#web/orders/read-orders.ts";

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.link");
  // The address holds a key: it is told to nobody.
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function Page({ searchParams }: Props) {
  const { token, session } = await searchParams;
  const email = await signedInAs();
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="mx-auto max-w-xl">
        {typeof token === "string" ? (
          <OpenLink token={token} sessionId={typeof session === "string" ? session : null} signedInAs={email} />
        ) : (
          <LinkOver />
        )}
      </div>
    </main>
  );
}
