"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { authenticate } from "#web/api/authenticate.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { ErrorState, useErrorMessage } from "#web/ui/error-state.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { Badge } from "#web/ui/status.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { AccountSection } from "./account-section.tsx";
import { deviceOf } from "./device-name.ts";
import { authKey, devicesQuery, ownSessionQuery, type SignedInDevice } from "./devices-query.ts";
import { useSignOut } from "./use-sign-out.ts";

/** More than these are nobody's to look through; all can be ended at once. */
const shownMax = 8;

/** Where one is signed in, and a way to end what one does not know. */
export function Devices() {
  const t = useTranslations("account.devices");
  const { data: devices, error, refetch, isFetching } = useQuery(devicesQuery);
  const { data: own } = useQuery(ownSessionQuery);
  if (isApiError(error, "role_missing")) return <ShowAgain />;
  return (
    <AccountSection title={t("title")} body={t("body")}>
      {devices === undefined && error === null && <Skeleton className="h-28 w-full rounded" />}
      {devices === undefined && error !== null && (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} className="py-0" />
      )}
      {devices !== undefined && own !== undefined && <DeviceList devices={devices} ownId={own.id} />}
    </AccountSection>
  );
}

/** The library shows devices to a fresh sign-in alone, as a thief of a session would end the owner's. */
function ShowAgain() {
  const t = useTranslations("account.devices");
  const { signOut, isSigningOut } = useSignOut();
  return (
    <AccountSection title={t("title")} body={t("body")}>
      <div className="flex flex-col items-start gap-4">
        <p className="text-muted">{t("tooOld")}</p>
        <Button variant="secondary" onClick={() => signOut("/sign-in")} isBusy={isSigningOut}>
          {t("again")}
        </Button>
      </div>
    </AccountSection>
  );
}

type DeviceListProps = { readonly devices: readonly SignedInDevice[]; readonly ownId: string };

function DeviceList({ devices, ownId }: DeviceListProps) {
  const t = useTranslations("account.devices");
  const { end, isEnding } = useEnding();
  const others = devices.filter(({ id }) => id !== ownId);
  const own = devices.filter(({ id }) => id === ownId);
  return (
    <div className="flex flex-col items-start gap-5">
      <ul className="w-full divide-y divide-line overflow-hidden rounded border border-line bg-surface">
        {[...own, ...others].slice(0, shownMax).map((device) => (
          <DeviceLine
            key={device.id}
            device={device}
            isOwn={device.id === ownId}
            isDisabled={isEnding}
            onEnd={(name) => end({ token: device.token, name })}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <Button variant="secondary" onClick={() => end(null)} isBusy={isEnding}>
          {t("endOthers")}
        </Button>
      )}
    </div>
  );
}

type DeviceLineProps = {
  readonly device: SignedInDevice;
  readonly isOwn: boolean;
  readonly isDisabled: boolean;
  readonly onEnd: (name: string) => void;
};

function DeviceLine({ device, isOwn, isDisabled, onEnd }: DeviceLineProps) {
  const t = useTranslations("account.devices");
  const locale = useLocale();
  const known = deviceOf(device.userAgent);
  const name = known === null ? t("unknown") : t("on", known);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(device.createdAt));
  return (
    <li className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3">
      <span className="flex min-w-0 flex-col">
        <span className="font-medium">{name}</span>
        <span className="text-sm text-muted">{t("since", { date: day })}</span>
      </span>
      {isOwn ? (
        <Badge tone="good">{t("here")}</Badge>
      ) : (
        <Button
          variant="ghost"
          size="sm"
          disabled={isDisabled}
          aria-label={t("endOf", { device: name })}
          onClick={() => onEnd(name)}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}

/** One device, or with null all but this one. */
function useEnding() {
  const t = useTranslations("account.devices");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending } = useMutation({
    mutationFn: (one: { readonly token: string; readonly name: string } | null) =>
      one === null ? authenticate("/revoke-other-sessions") : authenticate("/revoke-session", { token: one.token }),
    onSuccess: (_done, one) => toast({ text: one === null ? t("othersEnded") : t("ended", { device: one.name }) }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => client.invalidateQueries({ queryKey: authKey }),
  });
  return { end: mutate, isEnding: isPending };
}
