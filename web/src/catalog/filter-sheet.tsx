"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { buttonLook } from "#web/ui/button-look.ts";
import { Sheet } from "#web/ui/dialog.tsx";
import { useIsLive } from "./use-is-live.ts";

type FilterSheetProps = {
  /** How many filters are on. */
  readonly count: number;
  /** How many products they leave. */
  readonly total: number;
  readonly children: ReactNode;
};

/** The filters of a narrow page. Until the script is there, a link to where they stand in the page. */
export function FilterSheet({ count, total, children }: FilterSheetProps) {
  const t = useTranslations("catalog.browse");
  const [isOpen, setOpen] = useState(false);
  const isLive = useIsLive();
  const words = (
    <>
      <SlidersHorizontal aria-hidden="true" className="size-4" />
      {count === 0 ? t("filters") : t("filtersOn", { count })}
    </>
  );
  if (!isLive) {
    return (
      <a href="#filters" className={buttonLook({ variant: "secondary" }, "lg:hidden")}>
        {words}
      </a>
    );
  }
  return (
    <>
      <Button variant="secondary" aria-haspopup="dialog" className="lg:hidden" onClick={() => setOpen(true)}>
        {words}
      </Button>
      <Sheet
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t("filters")}
        actions={
          <Button isWide size="lg" className="sticky bottom-0" onClick={() => setOpen(false)}>
            {t("show", { count: total })}
          </Button>
        }
      >
        {children}
      </Sheet>
    </>
  );
}
