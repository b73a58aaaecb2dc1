"use client";

import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, type ReactNode } from "react";

type Picture = { readonly number: number; readonly name: string; readonly src: string };

type PictureViewerProps = {
  readonly pictures: readonly Picture[];
  /** The number of the one that is shown. */
  readonly current: number;
  readonly onShow: (number: number) => void;
  readonly onClose: () => void;
};

/** Pictures one after the other, as large as the window lets them be: by arrows or buttons, and Escape closes it. */
export function PictureViewer({ pictures, current, onShow, onClose }: PictureViewerProps) {
  const t = useTranslations("ops.evidence");
  const close = useTranslations("ui");
  const frame = useRef<HTMLDialogElement>(null);
  useEffect(() => frame.current?.showModal(), []);
  const index = pictures.findIndex(({ number }) => number === current);
  const [before, shown, after] = [pictures[index - 1], pictures[index], pictures[index + 1]];
  if (shown === undefined) return null;
  const go = (to: Picture | undefined): void => {
    if (to !== undefined) onShow(to.number);
  };
  return (
    <dialog
      ref={frame}
      aria-label={t("picture", { number: shown.number, name: shown.name })}
      onClose={onClose}
      onKeyDown={({ key }) => {
        if (key === "ArrowLeft") go(before);
        if (key === "ArrowRight") go(after);
      }}
      className="m-auto w-[min(80rem,calc(100vw-2rem))] max-w-none rounded-lg border border-line bg-surface p-4 text-ink backdrop:bg-veil"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3 text-sm">
        <h2 className="font-medium">{t("picture", { number: shown.number, name: shown.name })}</h2>
        <p className="text-muted">{t("masked")}</p>
        <div className="ml-auto flex gap-1">
          <ViewerButton label={t("before")} isOff={before === undefined} onPress={() => go(before)}>
            <ChevronLeft aria-hidden="true" className="size-5" />
          </ViewerButton>
          <ViewerButton label={t("after")} isOff={after === undefined} onPress={() => go(after)}>
            <ChevronRight aria-hidden="true" className="size-5" />
          </ViewerButton>
          <ViewerButton label={close("close")} isOff={false} onPress={() => frame.current?.close()}>
            <X aria-hidden="true" className="size-5" />
          </ViewerButton>
        </div>
      </div>
      <div className="max-h-[calc(100dvh-9rem)] overflow-y-auto rounded-sm border border-line">
        {/* Only operators may fetch it, so it goes past the shop's own resizing. */}
        <img src={shown.src} alt={shown.name} className="block h-auto w-full" />
      </div>
    </dialog>
  );
}

type ViewerButtonProps = {
  readonly label: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

function ViewerButton({ label, isOff, onPress, children }: ViewerButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={onPress}
      className="grid size-10 place-items-center rounded text-muted hover:bg-sunken hover:text-ink aria-disabled:opacity-45"
    >
      {children}
    </button>
  );
}
