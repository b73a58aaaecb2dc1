import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export type RadioCard = {
  readonly value: string;
  readonly title: ReactNode;
  readonly hint?: ReactNode;
  /** At the end of the line: a price, a date. */
  readonly aside?: ReactNode;
  readonly isDisabled?: boolean;
};

type RadioCardsProps = {
  readonly name: string;
  /** What is chosen here; `isLegendHidden` where a heading above says it already. */
  readonly legend: ReactNode;
  readonly isLegendHidden?: boolean;
  readonly cards: readonly RadioCard[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
};

/** One of a few, each with room for a sentence. Arrow keys move, as in every radio group. */
export function RadioCards(props: RadioCardsProps) {
  const { name, legend, isLegendHidden = false, cards, value, onChange, isDisabled = false, className } = props;
  return (
    <fieldset disabled={isDisabled} className={className}>
      <legend className={isLegendHidden ? "sr-only" : "mb-2 text-sm font-medium"}>{legend}</legend>
      <div className="divide-y divide-line overflow-hidden rounded border border-line bg-surface">
        {cards.map((card) => (
          <label
            key={card.value}
            className={cn(
              "flex min-h-14 items-start gap-3.5 px-4 py-3.5 transition-colors hover:bg-sunken",
              "has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:-outline-offset-2",
              "has-focus-visible:rounded has-focus-visible:outline-focus has-disabled:opacity-45",
            )}
          >
            <input
              type="radio"
              name={name}
              value={card.value}
              checked={card.value === value}
              disabled={card.isDisabled}
              onChange={() => onChange(card.value)}
              className={cn(
                "mt-0.5 size-5 shrink-0 appearance-none rounded-full border border-edge bg-surface",
                "outline-none transition-[border-width,border-color] checked:border-[6px] checked:border-accent",
              )}
            />
            <span className="flex min-w-0 grow flex-col gap-0.5">
              <span className="text-sm font-medium">{card.title}</span>
              {card.hint !== undefined && <span className="text-xs text-muted">{card.hint}</span>}
            </span>
            {card.aside !== undefined && <span className="figures shrink-0 text-sm">{card.aside}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
