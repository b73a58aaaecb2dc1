import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { controlLook, Field, type FieldWords } from "./field.tsx";

export type SelectOption = { readonly value: string; readonly label: string; readonly isDisabled?: boolean };

type SelectProps = Omit<FieldWords, "isValid"> &
  Omit<ComponentProps<"select">, "required" | "children"> & { readonly options: readonly SelectOption[] };

/** One of several. The browser's own list: a telephone's wheel and a keyboard's letters work as people know them. */
export function Select({ label, hint, error, isRequired, className, options, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired} className={className}>
      {(control) => (
        <>
          <select {...rest} {...control} className={cn(controlLook, "appearance-none pr-11")}>
            <Options options={options} />
          </select>
          <Chevron />
        </>
      )}
    </Field>
  );
}

type BareSelectProps = Omit<ComponentProps<"select">, "children"> & {
  readonly options: readonly SelectOption[];
  readonly "aria-label": string;
};

/** A small one in a line of text or tools, labelled for screen readers alone. */
export function BareSelect({ options, className, ...rest }: BareSelectProps) {
  return (
    <span className="relative inline-block">
      <select {...rest} className={cn(controlLook, "min-h-11 appearance-none pr-10 text-sm", className)}>
        <Options options={options} />
      </select>
      <Chevron />
    </span>
  );
}

function Options({ options }: { readonly options: readonly SelectOption[] }) {
  return options.map(({ value, label, isDisabled }) => (
    <option key={value} value={value} disabled={isDisabled}>
      {label}
    </option>
  ));
}

function Chevron() {
  return (
    <ChevronDown
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-3.5 my-auto size-4 text-muted"
    />
  );
}
