import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

type StepsProps = {
  readonly label: string;
  readonly steps: readonly ReactNode[];
  /** Index of the step one is on; `steps.length` when all are done. */
  readonly current: number;
};

/** How far along one is. One entry for each page that comes, no more and no fewer. */
export function Steps({ label, steps, current }: StepsProps) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={label}>
      <ol className="flex items-center gap-2 sm:gap-4">
        {steps.map((step, index) => (
          <li
            key={index}
            aria-current={index === current ? "step" : undefined}
            className={cn(
              "flex items-center gap-2 text-sm sm:gap-2.5",
              index === current ? "font-medium text-ink" : "text-muted",
              index > 0 && "before:h-px before:w-3 before:bg-line sm:before:mr-1.5 sm:before:w-8",
            )}
          >
            <span
              className={cn(
                "figures grid size-6 shrink-0 place-items-center rounded-full text-xs",
                index < current && "bg-accent-soft text-accent",
                index === current && "bg-accent text-on-accent",
                index > current && "border border-edge",
              )}
            >
              {index < current ? <Check aria-label={t("done")} className="size-3.5" /> : index + 1}
            </span>
            <span className={cn(index !== current && "sr-only sm:not-sr-only")}>{step}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
