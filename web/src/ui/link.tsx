import NextLink from "next/link";
import type { ComponentProps } from "react";
import { buttonLook, type ButtonLook } from "./button-look.ts";
import { cn } from "./class-names.ts";

type LinkProps = ComponentProps<typeof NextLink>;

/** A link in running text: underlined, as colour alone tells nobody. */
export function Link({ className, ...rest }: LinkProps) {
  return (
    <NextLink
      {...rest}
      className={cn(
        "underline decoration-edge decoration-1 underline-offset-4 transition-colors hover:decoration-current",
        className,
      )}
    />
  );
}

/** A link in a list or a header, where its place says that it is one. */
export function QuietLink({ className, ...rest }: LinkProps) {
  return (
    <NextLink
      {...rest}
      className={cn("underline-offset-4 transition-colors hover:underline hover:decoration-1", className)}
    />
  );
}

/** A link that looks like a button, for the next step. */
export function ButtonLink({ variant, size, isWide, className, ...rest }: LinkProps & ButtonLook) {
  return <NextLink {...rest} className={buttonLook({ variant, size, isWide }, className)} />;
}
