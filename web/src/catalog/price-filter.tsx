"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useTransition, type SyntheticEvent } from "react";
import { Button } from "#web/ui/button.tsx";
import { cn } from "#web/ui/class-names.ts";
import { controlLook } from "#web/ui/field.tsx";
import { CarriedFields } from "./carried-fields.tsx";
import type { searchFields } from "./search.ts";

type PriceFilterProps = {
  readonly path: string;
  /** What else is looked for. */
  readonly carried: ReturnType<typeof searchFields>;
  readonly min: number | null;
  readonly max: number | null;
  /** Of what the other filters leave, as the API wrote it. */
  readonly cheapest: string | undefined;
  readonly dearest: string | undefined;
};

/** From how much to how much. */
export function PriceFilter({ path, carried, min, max, cheapest, dearest }: PriceFilterProps) {
  const t = useTranslations("catalog.browse");
  const router = useRouter();
  const [isPending, start] = useTransition();
  const send = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const entries = [...typed].flatMap(([name, value]) =>
      typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [],
    );
    start(() => router.push(`${path}?${new URLSearchParams(entries).toString()}`, { scroll: false }));
  };
  return (
    // Drawn anew where the address says something else, so that the fields say it too.
    <form
      key={`${min} ${max}`}
      action={path}
      onSubmit={send}
      data-pending={isPending || undefined}
      className="flex flex-col items-start gap-3"
    >
      <CarriedFields fields={carried} />
      <div className="flex w-full gap-3">
        <Limit name="min" label={t("min")} value={min} example={cheapest} />
        <Limit name="max" label={t("max")} value={max} example={dearest} />
      </div>
      <Button type="submit" variant="secondary" size="sm" isBusy={isPending}>
        {t("apply")}
      </Button>
    </form>
  );
}

type LimitProps = {
  readonly name: string;
  readonly label: string;
  readonly value: number | null;
  readonly example: string | undefined;
};

function Limit({ name, label, value, example }: LimitProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        maxLength={10}
        defaultValue={value ?? ""}
        placeholder={example?.replace(/\.\d\d$/, "")}
        className={cn(controlLook, "figures min-h-11 px-3 text-sm")}
      />
    </div>
  );
}
