import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";
import { Chapter } from "#web/design/chapter.tsx";
import { ChoicesExample, ErrorExample, FieldsExample, OverlaysExample } from "#web/design/live-parts.tsx";
import { Buttons, Gone, Money, Notices, Pictures, Ways } from "#web/design/still-parts.tsx";
import { Colours, Spaces, TypeScale } from "#web/design/tokens.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("design"))("title") };
}

export default async function DesignPage() {
  const t = await getTranslations("design");
  const query = { sort: "price_desc", limit: 1 } as const;
  const { products } = await call((await serverApi()).GET("/api/v1/catalog/products", { params: { query } }));
  return (
    <main id="content" className="shell py-16">
      <h1 className="pb-4 text-2xl font-medium tracking-[-0.02em]">{t("title")}</h1>
      <p className="max-w-[36em] pb-14 text-lg text-muted">{t("lead")}</p>
      <TypeScale />
      <Colours />
      <Spaces />
      <Buttons />
      <Chapter name="fields">
        <FieldsExample />
      </Chapter>
      <Chapter name="choices">
        <ChoicesExample />
      </Chapter>
      <Money />
      <Chapter name="words">
        <Notices />
        <OverlaysExample />
      </Chapter>
      <Ways />
      <Pictures src={products[0]?.imageUrl ?? null} />
      <Chapter name="gone">
        <Gone />
        <ErrorExample />
      </Chapter>
    </main>
  );
}
