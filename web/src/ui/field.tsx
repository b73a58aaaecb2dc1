import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import { cn } from "./class-names.ts";

export type FieldWords = {
  readonly label: ReactNode;
  /** What to write, or why it is asked for. Under the field, always there. */
  readonly hint?: ReactNode;
  /** What is wrong and what to do. Under the field, instead of the hint. */
  readonly error?: string | undefined;
  readonly isRequired?: boolean | undefined;
  /** Filled in and right: a tick says so. */
  readonly isValid?: boolean | undefined;
};

/** What the control inside must carry, so that its label, hint and error are its own. */
export type FieldControl = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
  readonly "aria-required": true | undefined;
};

type FieldProps = FieldWords & {
  readonly className?: string | undefined;
  readonly children: (control: FieldControl) => ReactNode;
};

/** Label above, control, hint or error below. */
export function Field({ label, hint, error, isRequired = false, isValid = false, className, children }: FieldProps) {
  const id = useId();
  const t = useTranslations("ui");
  const line = error ?? hint;
  const lineId = `${id}-line`;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <span aria-hidden={isRequired} className="text-xs text-muted">
          {t(isRequired ? "required" : "optional")}
        </span>
      </div>
      <div className="relative">
        {children({
          id,
          "aria-describedby": line === undefined ? undefined : lineId,
          "aria-invalid": error !== undefined || undefined,
          "aria-required": isRequired || undefined,
        })}
        {isValid && <Tick label={t("valid")} />}
      </div>
      {line !== undefined && (
        <p id={lineId} className={cn("text-xs", error === undefined ? "text-muted" : "text-bad")}>
          {line}
        </p>
      )}
    </div>
  );
}

function Tick({ label }: { readonly label: string }) {
  return <Check role="img" aria-label={label} className="absolute inset-y-0 right-3.5 my-auto size-4.5 text-good" />;
}

/** The box of everything that is written into or chosen from. */
export const controlLook = cn(
  "min-h-12 w-full rounded border border-edge bg-surface px-3.5 text-base text-ink placeholder:text-muted",
  "transition-[border-color,box-shadow] hover:border-ink",
  "focus-visible:rounded focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0",
  "aria-invalid:border-bad aria-invalid:focus-visible:outline-bad",
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted",
);
