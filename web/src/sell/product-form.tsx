"use client";

import type { SellerProduct, SellerProductBody } from "@muse/contracts/seller";
import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { bodyOf, centsOf, editionOf, valuesOf, type ProductValues } from "./product-fields.ts";

type ProductFormProps = {
  /** Null: a new one. */
  readonly product: SellerProduct | null;
  readonly onSave: (body: SellerProductBody) => void;
  readonly isSaving: boolean;
  readonly error: unknown;
};

/** What a product is, what it costs and how many there will be. */
export function ProductForm({ product, onSave, isSaving, error }: ProductFormProps) {
  const t = useTranslations("sell.product");
  const message = useErrorMessage();
  const fields = useProductFields(valuesOf(product));
  const isFixed = product?.isFixed ?? false;
  const currency = fields.values.currency === "KRW" ? "KRW" : "USD";
  const send = fields.submit((values) => {
    const body = bodyOf(values);
    if (body !== null) onSave(body);
  });
  const { isValid: _isValid, ...currencyField } = fields.of("currency");
  return (
    <form noValidate onSubmit={send} className="grid max-w-2xl grid-cols-2 gap-x-4 gap-y-5">
      <TextField {...fields.of("title")} label={t("title")} maxLength={140} className="col-span-2" />
      <TextArea
        {...fields.of("description")}
        label={t("description")}
        rows={6}
        maxLength={8000}
        className="col-span-2"
      />
      <TextField
        {...fields.of("category")}
        label={t("category")}
        hint={t("categoryHint")}
        maxLength={60}
        className="col-span-2"
      />
      <Select
        {...currencyField}
        label={t("currency")}
        disabled={isFixed}
        className="max-sm:col-span-2"
        options={[
          { value: "USD", label: t("dollar") },
          { value: "KRW", label: t("won") },
        ]}
      />
      <TextField
        {...fields.of("price")}
        label={t("price")}
        hint={t(`priceHint${currency}`)}
        inputMode="decimal"
        className="max-sm:col-span-2"
      />
      <TextField
        {...fields.of("edition")}
        label={t("edition")}
        hint={t(isFixed ? "fixed" : "editionHint")}
        inputMode="numeric"
        disabled={isFixed}
        className="col-span-2"
      />
      {error !== null && (
        <Notice role="alert" tone="bad" className="col-span-2">
          {message(error)}
        </Notice>
      )}
      <Button
        type="submit"
        variant={product === null ? "primary" : "secondary"}
        isBusy={isSaving}
        className="col-span-2 justify-self-start"
      >
        {t(product === null ? "create" : "save")}
      </Button>
    </form>
  );
}

function useProductFields(initial: ProductValues) {
  const t = useTranslations("sell.product");
  // The price is read in the currency that stands beside it when it is sent; the API has the last word.
  const isPrice = (text: string): boolean => centsOf(text, "USD") !== null;
  return useFields<keyof ProductValues>({
    title: {
      initial: initial.title,
      isRequired: true,
      check: (value) => (value.trim() === "" ? t("required") : undefined),
    },
    description: { initial: initial.description },
    category: { initial: initial.category },
    currency: { initial: initial.currency, isRequired: true },
    price: { initial: initial.price, isRequired: true, check: (text) => (isPrice(text) ? undefined : t("priceWrong")) },
    edition: {
      initial: initial.edition,
      check: (text) => (editionOf(text) === undefined ? t("editionWrong") : undefined),
    },
  });
}
