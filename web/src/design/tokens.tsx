import { useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import { BothThemes } from "./both-themes.tsx";
import { Chapter } from "./chapter.tsx";

const sizes = ["text-3xl", "text-2xl", "text-xl", "text-lg", "text-base", "text-sm", "text-xs"] as const;

export function TypeScale() {
  const t = useTranslations("design.sample");
  return (
    <Chapter name="type">
      <ul className="flex flex-col divide-y divide-line">
        {sizes.map((size, index) => (
          <li key={size} className="flex flex-wrap items-baseline gap-x-8 gap-y-1 py-4">
            <code className="w-20 shrink-0 text-xs text-muted">{size}</code>
            <span className={cn(size, index < 4 && "font-medium", index < 2 && "tracking-[-0.02em]")}>
              {t("headline")}
            </span>
          </li>
        ))}
      </ul>
    </Chapter>
  );
}

const colours = [
  ["paper", "bg-paper"],
  ["surface", "bg-surface"],
  ["sunken", "bg-sunken"],
  ["line", "bg-line"],
  ["edge", "bg-edge"],
  ["muted", "bg-muted"],
  ["ink", "bg-ink"],
  ["accent", "bg-accent"],
  ["accent-soft", "bg-accent-soft"],
  ["good", "bg-good"],
  ["good-soft", "bg-good-soft"],
  ["warn", "bg-warn"],
  ["warn-soft", "bg-warn-soft"],
  ["bad", "bg-bad"],
  ["bad-soft", "bg-bad-soft"],
] as const;

export function Colours() {
  return (
    <Chapter name="colour">
      <BothThemes>
        <ul className="grid grid-cols-3 gap-x-3 gap-y-5 sm:grid-cols-5">
          {colours.map(([name, background]) => (
            <li key={name} className="flex flex-col gap-2">
              <span aria-hidden="true" className={cn("h-14 rounded border border-line", background)} />
              <code className="text-xs text-muted">{name}</code>
            </li>
          ))}
        </ul>
      </BothThemes>
    </Chapter>
  );
}

const steps = ["w-2", "w-4", "w-6", "w-8", "w-12", "w-16", "w-24"] as const;
const corners = ["rounded-sm", "rounded", "rounded-lg", "rounded-full"] as const;

export function Spaces() {
  return (
    <Chapter name="space">
      <ul className="flex flex-wrap items-end gap-6">
        {steps.map((step) => (
          <li key={step} className="flex flex-col gap-2">
            <span aria-hidden="true" className={cn("h-8 bg-accent-soft", step)} />
            <code className="text-xs text-muted">{Number(step.slice(2)) * 4} px</code>
          </li>
        ))}
      </ul>
      <ul className="flex flex-wrap gap-6">
        {corners.map((corner) => (
          <li key={corner} className="flex flex-col gap-2">
            <span aria-hidden="true" className={cn("h-16 w-24 border border-edge bg-surface", corner)} />
            <code className="text-xs text-muted">{corner}</code>
          </li>
        ))}
      </ul>
    </Chapter>
  );
}
