import { useTranslations } from "next-intl";
import { cn } from "./class-names.ts";

type PriceProps = {
  /** As the API wrote it: "$24.00", "₩12,000". */
  readonly display: string;
  /** What it cost before, where it is reduced. */
  readonly originalDisplay?: string | null | undefined;
  readonly className?: string;
};

/** An amount, and what it was. A screen reader hears which is which. */
export function Price({ display, originalDisplay, className }: PriceProps) {
  const t = useTranslations("ui");
  if (originalDisplay === undefined || originalDisplay === null) {
    return <span className={cn("figures whitespace-nowrap", className)}>{display}</span>;
  }
  return (
    <span className={cn("figures inline-flex flex-wrap items-baseline gap-x-2 whitespace-nowrap", className)}>
      <span>
        <span className="sr-only">{t("newPrice")} </span>
        {display}
      </span>
      <s className="text-[0.875em] font-normal text-muted">
        <span className="sr-only">{t("oldPrice")} </span>
        {originalDisplay}
      </s>
    </span>
  );
}
