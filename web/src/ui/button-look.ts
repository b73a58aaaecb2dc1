import { cn } from "./class-names.ts";

export type ButtonLook = {
  readonly variant?: "primary" | "secondary" | "ghost" | "danger" | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  readonly isWide?: boolean | undefined;
};

/** The look alone, for what goes somewhere and must be a link. */
export function buttonLook({ variant = "primary", size = "md", isWide = false }: ButtonLook, className?: string) {
  return cn(
    "relative inline-flex select-none items-center justify-center gap-2 rounded font-medium whitespace-nowrap",
    "transition-[background-color,border-color,color,transform] active:translate-y-px",
    "aria-disabled:cursor-default aria-disabled:active:translate-y-0 focus-visible:rounded",
    "disabled:cursor-not-allowed disabled:opacity-45 disabled:active:translate-y-0",
    sizes[size],
    variants[variant],
    isWide && "w-full",
    className,
  );
}

const sizes = {
  sm: "min-h-9 px-3.5 text-sm touch",
  md: "min-h-11 px-5 text-sm",
  lg: "min-h-14 px-7 text-base",
} as const;

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-edge bg-surface text-ink hover:bg-sunken",
  ghost: "text-ink hover:bg-sunken",
  danger: "border border-bad bg-surface text-bad hover:bg-bad-soft",
} as const;
