import { Check } from "lucide-react";
import NextLink from "next/link";
import { cn } from "#web/ui/class-names.ts";
import { PendingMark } from "./pending-mark.tsx";

type FilterLinkProps = {
  readonly href: string;
  readonly isOn: boolean;
  readonly label: string;
  /** How many products it would leave. */
  readonly count?: number;
  /** Any number of them, with a box each, or one of them. */
  readonly kind?: "any" | "one";
};

/** A filter as a link: it works before any script, and its address can be shared. */
export function FilterLink({ href, isOn, label, count, kind = "any" }: FilterLinkProps) {
  return (
    <NextLink
      href={href}
      scroll={false}
      prefetch={false}
      rel="nofollow"
      aria-current={isOn || undefined}
      className={cn(
        "group/filter flex min-h-9 items-center gap-2.5 rounded-sm py-1.5 text-sm transition-colors hover:text-ink max-lg:min-h-11",
        isOn ? "text-ink" : "text-muted",
        isOn && kind === "one" && "font-medium",
      )}
    >
      {kind === "any" && (
        <PendingMark
          className={cn(
            "size-4.5 rounded-[5px] border transition-colors",
            isOn
              ? "border-accent bg-accent text-on-accent"
              : "border-edge bg-surface text-muted group-hover/filter:border-ink",
          )}
        >
          {isOn && <Check aria-hidden="true" strokeWidth={3} className="size-3" />}
        </PendingMark>
      )}
      <span className="min-w-0 underline-offset-4 group-hover/filter:underline group-hover/filter:decoration-1">
        {label}
      </span>
      {kind === "one" && <PendingMark className="-mx-1" />}
      {count !== undefined && <span className="figures ml-auto text-xs text-muted">{count}</span>}
    </NextLink>
  );
}
