import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LookUpForm } from "#web/orders/look-up-form.tsx";
import { OrdersPage } from "#web/orders/orders-page.tsx";
import { viewOf } from "#web/orders/orders-view.ts";
import { readOrders } from "#web/orders/read-orders.ts";

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const t = await getTranslations("orders");
  const view = viewOf(await searchParams);
  const read = await readOrders(view);
  if (read.kind === "nobody") {
    return (
      <main id="content" className="shell py-10 sm:py-14">
        <div className="mx-auto max-w-xl">
          <h1 className="pb-4 text-2xl font-medium">{t("lookUp.title")}</h1>
          <LookUpForm />
        </div>
      </main>
    );
  }
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="mx-auto max-w-4xl">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="pt-2 pb-8 text-muted">{t("lead")}</p>
        <OrdersPage view={view} initial={read.list} counts={read.counts} isPerson={read.isPerson} />
      </div>
    </main>
  );
}
