"use client";

import { useTranslations } from "next-intl";
import { useId, type RefObject } from "react";
import { cn } from "#web/ui/class-names.ts";
import type { Dimension } from "./variants.ts";

type OptionChipsProps = {
  readonly dimension: Dimension;
  readonly values: readonly string[];
  readonly chosen: string | null;
  readonly onChoose: (value: string) => void;
  readonly isSoldOut: (value: string) => boolean;
  /** It was asked for what is not chosen yet. */
  readonly isMissing: boolean;
  /** The first of them, to be moved to. */
  readonly first: RefObject<HTMLInputElement | null>;
};

/**
 * One of a few words. What is sold out can still be looked at: its picture, its price, and that it is gone. Arrow keys
 * move, as in every radio group.
 */
export function OptionChips(props: OptionChipsProps) {
  const { dimension, values, chosen, onChoose, isSoldOut, isMissing, first } = props;
  const t = useTranslations("catalog.product");
  const errorId = useId();
  const wordOf = (value: string): string => (value === "" ? t("standard") : value);
  return (
    <fieldset
      role="radiogroup"
      aria-required
      aria-invalid={isMissing || undefined}
      aria-describedby={isMissing ? errorId : undefined}
    >
      <legend className="mb-2.5 text-sm font-medium">
        {t(dimension)}
        {chosen !== null && <span className="ml-2.5 font-normal text-muted">{wordOf(chosen)}</span>}
      </legend>
      <div className="flex flex-wrap gap-2">
        {values.map((value, index) => {
          const isGone = isSoldOut(value);
          return (
            <label
              key={value}
              className={cn(
                "relative grid min-h-11 min-w-13 place-items-center rounded border border-edge bg-surface px-4 text-sm",
                "transition-colors hover:border-ink has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent",
                "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                isGone && "border-dashed text-muted line-through",
              )}
            >
              <input
                ref={index === 0 ? first : undefined}
                type="radio"
                name={dimension}
                value={value}
                checked={value === chosen}
                onChange={() => onChoose(value)}
                className="absolute inset-0 cursor-pointer appearance-none rounded opacity-0"
              />
              {wordOf(value)}
              {isGone && <span className="sr-only">, {t("soldOut")}</span>}
            </label>
          );
        })}
      </div>
      {isMissing && (
        <p id={errorId} className="pt-2 text-xs text-bad">
          {t(dimension === "color" ? "chooseColor" : "chooseSize")}
        </p>
      )}
    </fieldset>
  );
}
