"use client";

import type { Order } from "@muse/contracts/order";
import { Copy } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import { Disclosure } from "#web/ui/disclosure.tsx";
import { Status } from "#web/ui/status.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { carrierName } from "./carrier-name.ts";
import { Moment, useWriteMoment } from "./moment.tsx";
import { ParcelLine } from "./parcel-line.tsx";
import { wayOf, type ParcelWay } from "./parcel-way.ts";
import { parcelTones } from "./status-tones.ts";

type Parcel = Order["shipments"][number];

type ParcelCardProps = {
  readonly parcel: Parcel;
  readonly number: number;
  readonly count: number;
  readonly storeName: string;
  /** What is in it; empty where all of the order is. */
  readonly titles: readonly string[];
};

/** One parcel: where it is, who carries it, when it comes, and every stop it made. */
export function ParcelCard({ parcel, number, count, storeName, titles }: ParcelCardProps) {
  const t = useTranslations("orders.parcel");
  const way = wayOf(parcel, storeName);
  const headId = `parcel-${parcel.trackingNumber}`;
  return (
    <section aria-labelledby={headId} className="overflow-hidden rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-5 pt-5 sm:px-7 sm:pt-6">
        <h2 id={headId} className="text-lg font-medium">
          {t("title", { number, count })}
        </h2>
        <Status tone={parcelTones[parcel.status]}>{t(`status.${parcel.status}`)}</Status>
      </header>
      <div className="mt-4 border-y border-line bg-sunken pt-3 pb-5">
        <ParcelLine way={way} />
        <Stations way={way} />
      </div>
      <div className="flex flex-col gap-3 px-5 py-5 sm:px-7">
        <Facts parcel={parcel} />
        {titles.length > 0 && <p className="text-sm text-muted">{t("contents", { titles: titles.join(", ") })}</p>}
        {parcel.events.length > 0 && (
          <Disclosure summary={t("history")} className="-mb-5 border-b-0">
            <Stops events={parcel.events} />
          </Disclosure>
        )}
      </div>
    </section>
  );
}

/** The names under the drawing; whoever does not see it hears where the parcel is. */
function Stations({ way: { stations, position } }: { readonly way: ParcelWay }) {
  const t = useTranslations("orders.parcel");
  const here = Math.floor(position);
  return (
    <ol aria-label={t("route")} className="mt-1 flex justify-between gap-3 px-[2.5%] text-xs sm:text-sm">
      {stations.map(({ place, at }, index) => (
        <li
          key={`${index} ${place ?? ""}`}
          aria-current={index === here ? "step" : undefined}
          className={cn(
            "flex min-w-0 flex-1 flex-col",
            index === 0 && "text-left",
            index > 0 && index < stations.length - 1 && "items-center text-center",
            index === stations.length - 1 && "items-end text-right",
          )}
        >
          <span className={cn("font-medium", index > position && "text-muted")}>{place ?? t("door")}</span>
          <span className="sr-only">, {stationState(index, here, t)}</span>
          {at !== null && (
            <span className="text-xs text-muted">
              <Moment at={at} />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

type Words = ReturnType<typeof useTranslations<"orders.parcel">>;

function stationState(index: number, here: number, t: Words): string {
  if (index === here) return t("here");
  return index < here ? t("passed") : t("ahead");
}

function Facts({ parcel }: { readonly parcel: Parcel }) {
  const t = useTranslations("orders.parcel");
  const toast = useToast();
  const { carrier, trackingNumber } = parcel;
  const copy = (): void => {
    navigator.clipboard.writeText(trackingNumber).then(
      () => toast({ text: t("copied") }),
      () => toast({ text: t("notCopied", { number: trackingNumber }), tone: "bad" }),
    );
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{carrierName(carrier)}</span>
        <span className="sr-only">{t("number")}</span>
        <span className="figures break-all text-muted">{trackingNumber}</span>
        <button
          type="button"
          onClick={copy}
          className="touch inline-flex items-center gap-1.5 rounded px-1 text-muted hover:text-ink"
        >
          <Copy aria-hidden="true" className="size-4" />
          <span className="sr-only">{t("copy")}</span>
        </button>
      </p>
      <Arrival parcel={parcel} />
    </div>
  );
}

function Arrival({ parcel: { deliveredAt, estimatedDelivery } }: { readonly parcel: Parcel }) {
  const t = useTranslations("orders.parcel");
  const locale = useLocale();
  const write = useWriteMoment();
  if (deliveredAt !== null) return <p>{t("arrived", { date: write(deliveredAt, "time") })}</p>;
  if (estimatedDelivery === null) return null;
  // A day of the calendar at its destination: it must not move with the reader's clock.
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" });
  return <p>{t("expected", { date: day.format(new Date(estimatedDelivery)) })}</p>;
}

/** Newest first. Carriers write in English; other readers are told the state in their own words. */
function Stops({ events }: { readonly events: Parcel["events"] }) {
  const t = useTranslations("orders.parcel");
  const locale = useLocale();
  return (
    <ol className="flex flex-col gap-3">
      {[...events].reverse().map(({ at, status, description, location }, index) => (
        <li key={`${at} ${index}`} className="grid gap-x-6 grid-cols-1 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <Moment at={at} />
          <span className="text-ink">
            {locale === "en" && description !== "" ? description : t(`status.${status}`)}
            {location !== null && <span className="text-muted"> · {location}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
