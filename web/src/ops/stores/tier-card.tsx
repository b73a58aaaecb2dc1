"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Status } from "#web/ui/status.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import { gateTones } from "./gate-tones.ts";
import { PauseDialog } from "./pause-dialog.tsx";
import { Share } from "./share.tsx";
import type { Store, Tier, TierHealth } from "./stores-query.ts";
import { useTierSwitch } from "./use-store.ts";

type TierCardProps = { readonly store: Store; readonly tier: Tier };

/** One way to order there: whether it is used, how it does, and what stands in its way. */
export function TierCard({ store, tier }: TierCardProps) {
  const t = useTranslations("ops.store");
  const gate = useTranslations("ops.stores.gate");
  const method = useCode("method");
  const why = useCode("why");
  const { until, reason, state, trips } = tier.gate;
  const isMachine = tier.method !== "manual";
  return (
    <li className="flex flex-col gap-3 rounded border border-line bg-surface px-4 py-3.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h3 className="font-medium">
          {t("tier", { position: tier.position })} {method(tier.method)}
        </h3>
        <Status tone={tier.enabled ? gateTones[state] : "neutral"}>{gate(tier.enabled ? state : "off")}</Status>
        {tier.connector !== null && <span className="text-muted">{tier.connector}</span>}
        <Switches store={store} tier={tier} />
      </div>
      {tier.enabled && (until !== null || reason !== null) && (
        <p className="text-muted">
          {until !== null && t.rich("until", { at: () => <At at={until} /> })}{" "}
          {reason !== null && <span className="break-words">{why(reason)}</span>}
          {trips > 1 && ` · ${t("trips", { count: trips })}`}
        </p>
      )}
      {isMachine && (
        <div className="grid gap-x-8 gap-y-3 border-t border-line pt-3 sm:grid-cols-2">
          <Health title={t("lastQuarter")} health={tier.health.last15Minutes} />
          <Health title={t("lastDay")} health={tier.health.last24Hours} />
        </div>
      )}
      {isMachine && (
        <p className="text-xs break-all text-muted">
          {t("tries", { tries: tier.triesMax, seconds: Math.round(tier.timeoutMs / 1000) })} · {tier.baseUrl}
        </p>
      )}
    </li>
  );
}

function Switches({ store: { storeId, permission }, tier }: TierCardProps) {
  const t = useTranslations("ops.store");
  const name = useCode("method");
  const [isPausing, setPausing] = useState(false);
  const { flip, resume } = useTierSwitch(storeId, tier);
  const { enabled, method, position, gate } = tier;
  const isStopped = gate.state === "paused" || gate.state === "sick";
  const what = `${t("tier", { position })} ${name(method)}`;
  return (
    <div className="ml-auto flex flex-wrap gap-2">
      {enabled && method !== "manual" && (
        <Button
          variant="secondary"
          size="sm"
          isBusy={resume.isPending}
          aria-label={`${t(isStopped ? "resume" : "pause")}: ${what}`}
          onClick={() => (isStopped ? resume.mutate() : setPausing(true))}
        >
          {t(isStopped ? "resume" : "pause")}
        </Button>
      )}
      <Switch
        label={t("use", { tier: what })}
        isOn={enabled}
        whyNot={!enabled && method === "headless" && permission === null ? t("needsPermission") : undefined}
        isBusy={flip.isPending}
        onFlip={() => flip.mutate(!enabled)}
      />
      {isPausing && <PauseDialog storeId={storeId} position={position} onClose={() => setPausing(false)} />}
    </div>
  );
}

type SwitchProps = {
  readonly label: string;
  readonly isOn: boolean;
  /** What keeps it from being switched. */
  readonly whyNot: string | undefined;
  readonly isBusy: boolean;
  readonly onFlip: () => void;
};

function Switch({ label, isOn, whyNot, isBusy, onFlip }: SwitchProps) {
  const t = useTranslations("ops.store");
  const isStuck = isBusy || whyNot !== undefined;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-disabled={isStuck || undefined}
      title={whyNot}
      onClick={() => !isStuck && onFlip()}
      className="touch group inline-flex min-h-9 items-center gap-2 rounded-sm px-1 text-sm aria-disabled:opacity-45"
    >
      <span className="flex h-5.5 w-10 items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors group-aria-checked:justify-end group-aria-checked:border-accent group-aria-checked:bg-accent">
        <span className="size-4 rounded-full bg-edge group-aria-checked:bg-on-accent" />
      </span>
      {t(isOn ? "on" : "off")}
    </button>
  );
}

function Health({ title, health }: { readonly title: string; readonly health: TierHealth }) {
  const t = useTranslations("ops.store");
  const format = useFormatter();
  const why = useCode("why");
  const seconds = (ms: number): string =>
    format.number(ms / 1000, { style: "unit", unit: "second", unitDisplay: "narrow", maximumFractionDigits: 1 });
  return (
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-muted">{title}</span>
        <Share of={health} />
      </span>
      {health.p50Ms !== null && health.p95Ms !== null && (
        <span className="figures text-xs text-muted">
          {t("speed", { median: seconds(health.p50Ms), slow: seconds(health.p95Ms) })}
        </span>
      )}
      {health.reasons.slice(0, reasonsShown).map(({ reason, count }) => (
        <span key={reason} className="flex justify-between gap-3 text-xs text-muted">
          <span className="min-w-0 break-words">{why(reason)}</span>
          <span className="figures">{count}</span>
        </span>
      ))}
    </div>
  );
}

/** The rest is rare, and in the figures. */
const reasonsShown = 4;
