import { cn } from "./class-names.ts";

/** Stands where something will be, in its size, so that nothing moves when it comes. Say once, above, that it loads. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={cn("block h-4 animate-breathe rounded-sm bg-sunken", className)} />;
}
