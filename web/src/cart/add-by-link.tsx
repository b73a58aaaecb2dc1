"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { cn } from "#web/ui/class-names.ts";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { LinkVariant } from "./link-variant.tsx";
import { linkLengthMax, productLink } from "./product-link.ts";
import { useAddByLink } from "./use-add-by-link.ts";

type AddByLinkProps = {
  /** What was pasted elsewhere. It is added only when the shopper says so here. */
  readonly initialLink?: string;
  readonly className?: string;
};

/** Takes the address of a product's page at one of the stores; the API reads the page and says why when it cannot. */
export function AddByLink({ initialLink = "", className }: AddByLinkProps) {
  const t = useTranslations("cart.link");
  const fields = useFields({
    link: {
      initial: initialLink,
      isRequired: true,
      check: (value) => (productLink(value) === null ? t("format") : undefined),
    },
  });
  const adding = useAddByLink({
    onAdded: () => fields.fill({ link: "" }),
    onRefused: (why) => fields.refuse("link", why),
  });
  const field = fields.of("link");
  return (
    <section aria-label={t("title")} className={cn("flex flex-col gap-4", className)}>
      <form
        noValidate
        className="flex flex-col gap-x-3 gap-y-3 sm:flex-row sm:items-start"
        onSubmit={fields.submit(({ link }) => adding.addLink(productLink(link) ?? link))}
      >
        <TextField
          {...field}
          isValid={false}
          type="url"
          label={t("label")}
          hint={adding.isReading ? t("reading") : t("hint")}
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={linkLengthMax}
          className="min-w-0 grow"
        />
        <Button type="submit" variant="secondary" isBusy={adding.isReading} className="min-h-12 shrink-0 sm:mt-7.5">
          {t("add")}
        </Button>
      </form>
      <p role="status" className="sr-only">
        {adding.isReading ? t("reading") : ""}
      </p>
      {adding.productId !== null && (
        <LinkVariant productId={adding.productId} onAdd={adding.addVariant} isAdding={adding.isAdding} />
      )}
    </section>
  );
}
