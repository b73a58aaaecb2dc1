import { useTranslations } from "next-intl";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { Button } from "#web/ui/button.tsx";
import { Disclosure } from "#web/ui/disclosure.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink, Link } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Picture } from "#web/ui/picture.tsx";
import { Price } from "#web/ui/price.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { Badge, Status } from "#web/ui/status.tsx";
import { Steps } from "#web/ui/steps.tsx";
import { Tabs } from "#web/ui/tabs.tsx";
import { BothThemes } from "./both-themes.tsx";
import { Chapter } from "./chapter.tsx";

export function Buttons() {
  const t = useTranslations("design.sample");
  return (
    <Chapter name="buttons">
      <BothThemes>
        <div className="flex flex-wrap items-center gap-3">
          <Button>{t("order")}</Button>
          <Button variant="secondary">{t("save")}</Button>
          <Button variant="ghost">{t("more")}</Button>
          <Button variant="danger">{t("remove")}</Button>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button size="lg">{t("order")}</Button>
          <Button size="sm" variant="secondary">
            {t("save")}
          </Button>
          <Button isBusy>{t("order")}</Button>
          <Button disabled>{t("order")}</Button>
        </div>
        <p className="text-sm">
          {t("text")} <Link href="#buttons">{t("link")}</Link>
        </p>
      </BothThemes>
    </Chapter>
  );
}

export function Money() {
  const t = useTranslations("design.sample");
  return (
    <Chapter name="money">
      <BothThemes>
        <p className="flex flex-wrap items-baseline gap-6 text-lg">
          <Price display="$248.00" />
          <Price display="$54.00" originalDisplay="$128.00" />
          <Price display="₩128,400" />
        </p>
        <p className="flex flex-wrap gap-x-6 gap-y-2">
          <Status tone="good">{t("placed")}</Status>
          <Status tone="busy">{t("placing")}</Status>
          <Status>{t("waiting")}</Status>
          <Status tone="warn">{t("late")}</Status>
          <Status tone="bad">{t("failed")}</Status>
        </p>
        <p className="flex flex-wrap gap-2">
          <Badge tone="busy">{t("sale")}</Badge>
          <Badge tone="warn">{t("few")}</Badge>
          <Badge>{t("new")}</Badge>
        </p>
      </BothThemes>
    </Chapter>
  );
}

export function Notices() {
  const t = useTranslations("design.sample");
  return (
    <BothThemes>
      <div className="flex flex-col gap-3">
        <Notice>{t("held")}</Notice>
        <Notice tone="good">{t("refunded")}</Notice>
        <Notice tone="warn">{t("moved")}</Notice>
        <Notice tone="bad">{t("declined")}</Notice>
      </div>
    </BothThemes>
  );
}

export function Ways() {
  const t = useTranslations("design.sample");
  const crumbs = [{ label: t("home"), href: "/" }, { label: t("clothing"), href: "/browse" }, { label: t("coat") }];
  const tabs = [
    { value: "details", label: t("details"), content: <p className="text-sm">{t("detailsText")}</p> },
    { value: "reviews", label: t("reviews"), content: <p className="text-sm">{t("reviewsText")}</p> },
  ];
  return (
    <Chapter name="way">
      <Steps label={t("steps")} steps={[t("cart"), t("pay"), t("done")]} current={1} />
      <Breadcrumbs crumbs={crumbs} />
      <Tabs label={t("coat")} tabs={tabs} />
      <Disclosure summary={t("returns")}>{t("returnsText")}</Disclosure>
      <Pagination current={4} last={9} hrefOf={(page) => `#page-${page}`} />
    </Chapter>
  );
}

export function Pictures({ src }: { readonly src: string | null }) {
  const t = useTranslations("design.sample");
  return (
    <Chapter name="pictures">
      <div className="grid max-w-xl grid-cols-3 items-end gap-4">
        <Picture src={src} alt={t("coat")} sizes="12rem" ratio="4/5" />
        <Picture src={src} alt={t("coat")} sizes="12rem" />
        <Picture src={null} alt={t("coat")} sizes="12rem" ratio="4/5" />
      </div>
    </Chapter>
  );
}

export function Gone() {
  const t = useTranslations("design.sample");
  return (
    <>
      <div className="flex max-w-md items-center gap-4">
        <Skeleton className="size-20" />
        <div className="flex grow flex-col gap-2.5">
          <Skeleton className="w-3/4" />
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/4" />
        </div>
      </div>
      <EmptyState title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("browse")}</ButtonLink>}>
        {t("emptyText")}
      </EmptyState>
    </>
  );
}
