"use client";

import type { ComponentProps } from "react";
import { buttonLook, type ButtonLook } from "./button-look.ts";
import { cn } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";

export type ButtonProps = ButtonLook &
  ComponentProps<"button"> & {
    /** At work: it keeps its width and its focus, says so, and takes no further click. */
    readonly isBusy?: boolean;
  };

/** The one way to press something. One primary button a view. */
export function Button({ variant, size, isWide, isBusy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy || rest.disabled || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={buttonLook({ variant, size, isWide }, className)}
    >
      <span className={cn("inline-flex items-center justify-center gap-2", isBusy && "opacity-0")}>{children}</span>
      {isBusy && <Spinner className="absolute inset-0 m-auto" />}
    </button>
  );
}
