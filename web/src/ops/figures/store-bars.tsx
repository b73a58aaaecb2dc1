"use client";

import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { Bars } from "#web/ui/bars.tsx";
import { useCode } from "../parts/use-code.ts";
import type { Series } from "./figures-query.ts";
import { useFormat } from "./use-format.ts";

const wellFrom = 0.95;

/** How many tries each tier of each store placed. */
export function StoreBars({ stores }: { readonly stores: Series["stores"] }) {
  const t = useTranslations("ops.figures");
  const method = useCode("method");
  const { percent } = useFormat();
  if (stores.length === 0) return <p className="text-sm text-muted">{t("noPlacements")}</p>;
  return (
    <div className="rounded border border-line bg-surface p-4">
      <Bars
        label={t("byStore")}
        bars={stores.map(({ storeId, storeName, method: tier, successRate, placed, attempts }) => ({
          key: `${storeId} ${tier}`,
          label: (
            <>
              <NextLink href={`/ops/stores/${storeId}`} className="underline-offset-4 hover:underline">
                {storeName}
              </NextLink>{" "}
              <span className="text-muted">{method(tier)}</span>
            </>
          ),
          share: successRate,
          text: (
            <>
              {successRate === null ? "–" : percent(successRate)}{" "}
              <span className="text-muted">{t("placedOf", { placed, attempts })}</span>
            </>
          ),
          tone: successRate !== null && successRate < wellFrom ? "bad" : "good",
        }))}
      />
    </div>
  );
}
