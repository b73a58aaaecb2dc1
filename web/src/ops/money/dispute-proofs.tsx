"use client";

import { useTranslations } from "next-intl";
import { Facts, Section } from "../parts/page.tsx";
import { At } from "../parts/when.tsx";
import type { DisputeReport } from "./money-query.ts";

type Evidence = DisputeReport["evidence"];
type ProofsProps = Pick<Evidence, "proofs" | "signIns">;

/** Of files: when they were fetched and from where, and what the buyer agreed to before. */
export function DisputeProofs({ proofs, signIns }: ProofsProps) {
  const t = useTranslations("money.proof");
  return (
    <>
      {proofs.map((proof) => (
        <Proof key={proof.museOrderNumber} proof={proof} />
      ))}
      {signIns.length > 0 && (
        <Section title={t("signIns")}>
          <Lines
            lines={signIns.map(({ at, address, device }) => ({
              at,
              what: [address, device].filter(Boolean).join(" · "),
            }))}
          />
        </Section>
      )}
    </>
  );
}

function Proof({ proof }: { readonly proof: Evidence["proofs"][number] }) {
  const t = useTranslations("money.proof");
  const { museOrderNumber, grantedAt, revokedAt, downloadCount, downloads, waiver } = proof;
  return (
    <Section title={t("title", { number: museOrderNumber })}>
      <Facts
        facts={[
          [t("granted"), <At key="granted" at={grantedAt} isExact />],
          [t("revoked"), revokedAt === null ? null : <At key="revoked" at={revokedAt} isExact />],
          [t("count"), String(downloadCount)],
          [t("waived"), waiver === null ? t("notWaived") : <At key="waived" at={waiver.waivedAt} isExact />],
        ]}
      />
      {waiver !== null && (
        <blockquote className="max-w-3xl rounded bg-sunken px-4 py-3 text-sm" lang={waiver.language}>
          {waiver.wording}
        </blockquote>
      )}
      {downloads.length > 0 && (
        <Lines
          lines={downloads.map(({ at, fileName, network }) => ({
            at,
            what: [fileName === null ? t("links") : t("fetched", { file: fileName }), network]
              .filter(Boolean)
              .join(" · "),
          }))}
        />
      )}
    </Section>
  );
}

function Lines({ lines }: { readonly lines: readonly { readonly at: string; readonly what: string }[] }) {
  return (
    <ol className="flex max-h-80 flex-col divide-y divide-line overflow-y-auto rounded border border-line bg-surface text-sm">
      {lines.map(({ at, what }, index) => (
        <li key={index} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5">
          <At at={at} isExact className="text-muted" />
          <span className="min-w-0 break-words">{what}</span>
        </li>
      ))}
    </ol>
  );
}
