"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { cn } from "./class-names.ts";
import { quantityTyped } from "./quantity-typed.ts";

type QuantityProps = {
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Of what, for screen readers: "Quantity, Field Coat". */
  readonly label: string;
  readonly min?: number;
  readonly max?: number;
  readonly isDisabled?: boolean;
  readonly className?: string;
};

/**
 * How many. One step at a time, or typed; what is no number between the ends is put right when the field is left.
 * Passing through is no change: elsewhere the number may have become another one meanwhile.
 */
export function Quantity(props: QuantityProps) {
  const { value, onChange, label, min = 1, max = 99, isDisabled = false, className } = props;
  const t = useTranslations("ui");
  const written = useRef<HTMLInputElement>(null);
  // The same field stays, so that it keeps the focus while arrows change what stands in it.
  useEffect(() => {
    if (written.current !== null) written.current.value = String(value);
  }, [value]);
  const settle = (wanted: number): void => {
    if (wanted !== value) onChange(wanted);
  };
  const step = (by: number): void => settle(Math.min(max, Math.max(min, value + by)));
  const accept = (field: HTMLInputElement): void => {
    settle(quantityTyped(field.value, { value, min, max }));
    field.value = String(value);
  };
  return (
    <div
      role="group"
      aria-label={label}
      className={cn("inline-flex h-11 w-max items-stretch rounded border border-edge bg-surface", className)}
    >
      <button type="button" className={stepLook} disabled={isDisabled || value <= min} onClick={() => step(-1)}>
        <Minus aria-hidden="true" className="size-4" />
        <span className="sr-only">{t("fewer")}</span>
      </button>
      <input
        ref={written}
        inputMode="numeric"
        aria-label={label}
        defaultValue={value}
        disabled={isDisabled}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => accept(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            // It means the number, not the form that the field may stand in.
            event.preventDefault();
            accept(event.currentTarget);
          }
          if (event.key === "ArrowUp") step(1);
          if (event.key === "ArrowDown") step(-1);
        }}
        className="figures w-9 bg-transparent rounded text-center text-sm focus-visible:-outline-offset-2"
      />
      <button type="button" className={stepLook} disabled={isDisabled || value >= max} onClick={() => step(1)}>
        <Plus aria-hidden="true" className="size-4" />
        <span className="sr-only">{t("more")}</span>
      </button>
    </div>
  );
}

const stepLook = cn(
  "grid w-11 place-items-center rounded text-ink transition-colors hover:bg-sunken",
  "focus-visible:-outline-offset-2 disabled:text-muted disabled:opacity-45",
);
