import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

/** Yes or no. The whole line is its target. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={cn("flex min-h-11 items-start gap-3 py-2.5", className)}>
      <input
        type="checkbox"
        {...rest}
        className={cn(
          "peer mt-0.5 size-5 shrink-0 appearance-none rounded-[6px] border border-edge bg-surface bg-center bg-no-repeat",
          "transition-colors checked:border-accent checked:bg-accent hover:border-ink disabled:opacity-45",
          "relative checked:after:absolute checked:after:inset-0 checked:after:m-auto checked:after:h-2.5",
          "checked:after:w-1.5 checked:after:-translate-y-px checked:after:rotate-45 checked:after:border-r-2",
          "checked:after:border-b-2 checked:after:border-on-accent",
        )}
      />
      <span className="flex flex-col gap-0.5 peer-disabled:opacity-45">
        <span className="text-sm">{label}</span>
        {hint !== undefined && <span className="text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}
