"use client";

import "./style-nonce.ts";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { useRef, type ReactNode } from "react";
import { cn } from "./class-names.ts";

type DialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: ReactNode;
  /** A sentence under the title. */
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** The buttons, the primary one first. */
  readonly actions?: ReactNode;
};

/** Asks before something that cannot be taken back. On a telephone it stands at the bottom, under the thumb. */
export function Dialog(props: DialogProps) {
  return (
    <Frame
      {...props}
      className={cn(
        "inset-x-0 bottom-0 max-h-[90dvh] rounded-t-lg p-6 animate-rise-in",
        "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[min(32rem,calc(100vw-3rem))] sm:-translate-1/2 sm:rounded-lg sm:p-8",
        "sm:animate-fade-in",
      )}
    />
  );
}

/** A page beside the page: filters, a cart at a glance. The whole width on a telephone. */
export function Sheet(props: DialogProps) {
  return <Frame {...props} className="inset-y-0 right-0 w-full max-w-md p-6 animate-slide-in sm:border-l sm:p-8" />;
}

function Frame(props: DialogProps & { readonly className: string }) {
  const { isOpen, onOpenChange, title, description, children, actions, className } = props;
  const t = useTranslations("ui");
  const opener = useRef<Element>(null);
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-veil" />
        <Radix.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          // Radix gives it back to a trigger of its own alone, and no dialog here has one.
          onCloseAutoFocus={(event) => {
            if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return;
            event.preventDefault();
            opener.current.focus();
          }}
          // Radix warns where there is no description; not every dialog needs a sentence more.
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={cn(
            "fixed z-50 flex flex-col gap-5 overflow-y-auto border-line bg-surface outline-none sm:border",
            className,
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-xl font-medium">{title}</Radix.Title>
            <Radix.Close className="-m-2 grid size-11 shrink-0 place-items-center rounded text-muted hover:bg-sunken hover:text-ink">
              <X aria-hidden="true" className="size-5" />
              <span className="sr-only">{t("close")}</span>
            </Radix.Close>
          </div>
          {description !== undefined && (
            <Radix.Description className="-mt-2 text-sm text-muted">{description}</Radix.Description>
          )}
          {children}
          {actions !== undefined && <div className="mt-1 flex flex-wrap gap-3">{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
