import { cn } from "./class-names.ts";

type DrawingProps = { readonly className?: string };

/** The name as it is drawn: one line of even width, and an m of two shop doors. */
export function Wordmark({ className }: DrawingProps) {
  return (
    <svg viewBox="0 0 93 28" fill="none" aria-hidden="true" className={cn("h-6 w-auto", className)}>
      <g stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M3 25V13.2a6.2 6.2 0 0 1 12.4 0V25m0-11.8a6.2 6.2 0 0 1 12.4 0V25" />
        <path d="M35.6 8v10.6a6.2 6.2 0 0 0 12.4 0V8v17" />
        <path d="M66.2 10.4c-.9-1.9-2.8-3.1-5.4-3.1-3.2 0-5.4 1.7-5.4 4.2 0 6.1 11.5 2.8 11.5 9.1 0 2.9-2.5 4.9-6 4.9-3 0-5.3-1.3-6.2-3.6" />
        <path d="M73.9 16.4h15.8c0-5.1-3.3-9.1-7.9-9.1s-7.9 4-7.9 9.1 3.3 9.1 7.9 9.1c3 0 5.4-1.5 6.8-3.9" />
      </g>
    </svg>
  );
}

/** The m alone: in a tab, and where a picture is missing. */
export function Mark({ className }: DrawingProps) {
  return (
    <svg viewBox="0 0 32 26" fill="none" aria-hidden="true" className={cn("h-auto w-8", className)}>
      <path
        d="M3 24V11.5a6.5 6.5 0 0 1 13 0V24m0-12.5a6.5 6.5 0 0 1 13 0V24"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
