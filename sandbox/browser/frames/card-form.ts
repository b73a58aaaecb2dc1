import { expiryProblem, formatExpiry, readExpiry } from "../shared/card-expiry.ts";
import { brandOf, cardDigits, groupDigits, numberProblem, securityCodeLength } from "../shared/card-number.ts";
import type { FormFields } from "../shared/form.ts";
import { errorWords, fieldWords, type FieldWords, type Language } from "../shared/words.ts";
import { showBrand } from "./brand-marks.ts";
import { drawHolder, makeField, type CardField } from "./card-field.ts";
import { countriesByName, wantsPostalCode } from "./countries.ts";
import { readCardOptions, type CardOptions } from "../shared/card-options.ts";

export type FormState = { readonly empty: boolean; readonly complete: boolean };
type Kept = ReadonlyMap<string, string>;

export type CardForm = {
  /** Shows everything that is wrong, goes to the first of it, and says what that is. */
  validate(): { readonly code: string; readonly message: string } | undefined;
  card(): FormFields;
  billingDetails(): FormFields;
  focus(): void;
  clear(): void;
  /** What has been typed, to lay it into a form in another language. */
  keep(): Kept;
};

export type CardFormSetup = { readonly language: Language; readonly options: unknown; readonly kept: Kept | undefined };

/** Draws the card's fields into `root`, in place of what is there. */
export function openCardForm(root: HTMLElement, setup: CardFormSetup, changed: (state: FormState) => void): CardForm {
  const options = readCardOptions(setup.options, setup.language);
  const words = fieldWords[setup.language];
  const wordsOf = (code: string): string => errorWords(setup.language, code) ?? code;
  let told: FormState = { empty: true, complete: false };
  const tell = (): void => {
    showBrand(number.adornment, brandOf(cardDigits(number.input.value)));
    const state = {
      empty: cardFields.every(({ input }) => input.value === ""),
      complete: shownFields().every((field) => field.problem() === undefined),
    };
    if (state.empty === told.empty && state.complete === told.complete) return;
    told = state;
    changed(state);
  };
  const number = makeField(numberSpec(words, wordsOf), tell);
  const cvc = makeField(
    securityCodeSpec(words, wordsOf, () => cardDigits(number.input.value)),
    tell,
  );
  const expiry = makeField(expirySpec(words, wordsOf), tell);
  const cardFields = [number, expiry, cvc];
  const name = makeField(nameSpec(words, wordsOf), tell);
  const place = drawPlace({ language: setup.language, words, wordsOf, options }, tell);

  const shownFields = (): readonly CardField[] => [
    ...(options.asksName ? [name] : []),
    ...cardFields,
    ...(place.isPostalCodeShown() ? [place.postalCode] : []),
  ];
  name.input.value = options.name;
  for (const field of [...cardFields, name, place.postalCode]) {
    field.input.value = setup.kept?.get(field.name) ?? field.input.value;
    field.input.readOnly = options.isReadOnly;
  }
  place.select.value = setup.kept?.get("country") ?? place.select.value;
  place.redraw();
  root.replaceChildren(drawForm(options, { name, number, expiry, cvc, place: place.element }));
  showBrand(number.adornment, brandOf(cardDigits(number.input.value)));

  return {
    validate: () => firstProblem(shownFields(), wordsOf),
    card() {
      const { month, year } = readExpiry(expiry.input.value);
      return { number: cardDigits(number.input.value), exp_month: month, exp_year: year, cvc: cvc.input.value };
    },
    billingDetails: () => ({
      name: options.asksName ? name.input.value.trim() : undefined,
      address: options.asksPlace
        ? {
            country: place.select.value,
            postal_code: place.isPostalCodeShown() ? place.postalCode.input.value.trim() : undefined,
          }
        : undefined,
    }),
    focus: () => (shownFields()[0] ?? number).input.focus(),
    clear() {
      for (const field of [...cardFields, place.postalCode]) field.clear();
      tell();
    },
    keep: () =>
      new Map([
        ...[...cardFields, name, place.postalCode].map(({ name: key, input }) => [key, input.value] as const),
        ["country", place.select.value],
      ]),
  };
}

function firstProblem(
  fields: readonly CardField[],
  wordsOf: (code: string) => string,
): { readonly code: string; readonly message: string } | undefined {
  for (const field of fields) field.validate();
  const wrong = fields.find((field) => field.problem() !== undefined);
  const code = wrong?.problem();
  if (wrong === undefined || code === undefined) return undefined;
  wrong.input.focus();
  return { code, message: wordsOf(code) };
}

type Parts = {
  readonly name: CardField;
  readonly number: CardField;
  readonly expiry: CardField;
  readonly cvc: CardField;
  readonly place: HTMLElement;
};

function drawForm(options: CardOptions, parts: Parts): HTMLElement {
  const form = document.createElement("form");
  form.noValidate = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  const row = document.createElement("div");
  row.className = "Row";
  row.append(parts.expiry.element, parts.cvc.element);
  form.append(
    ...(options.asksName ? [parts.name.element] : []),
    parts.number.element,
    row,
    ...(options.asksPlace ? [parts.place] : []),
  );
  return form;
}

type PlaceSetup = {
  readonly language: Language;
  readonly words: FieldWords;
  readonly wordsOf: (code: string) => string;
  readonly options: CardOptions;
};

/** Country and, where banks check one, postal code. */
function drawPlace(setup: PlaceSetup, tell: () => void) {
  const { language, words, wordsOf, options } = setup;
  const { element: country, id } = drawHolder("country", words.country);
  const select = document.createElement("select");
  select.className = "Input";
  select.id = id;
  select.name = "country";
  select.autocomplete = "billing country" as AutoFill;
  for (const { code, name } of countriesByName(language)) select.add(new Option(name, code));
  select.value = options.country;
  const box = document.createElement("div");
  box.className = "Input-box";
  box.append(select);
  country.append(box);
  const isUnitedStates = (): boolean => select.value === "US" || select.value === "PR";
  const postalCode = makeField(
    {
      name: "postalCode",
      label: words.zip,
      autocomplete: "billing postal-code",
      problem(value) {
        const length = value.replaceAll(/[\s-]/g, "").length;
        if (isUnitedStates()) return length === 5 || length === 9 ? undefined : "incomplete_zip";
        return length >= 3 ? undefined : "incomplete_postal_code";
      },
      wordsOf,
    },
    tell,
  );
  postalCode.input.value = options.postalCode;
  const isPostalCodeShown = (): boolean => options.asksPlace && options.asksPostalCode && wantsPostalCode(select.value);
  const element = document.createElement("div");
  element.className = "Row";
  element.append(country, postalCode.element);
  const redraw = (): void => {
    postalCode.element.hidden = !isPostalCodeShown();
    postalCode.input.inputMode = isUnitedStates() ? "numeric" : "text";
    const label = postalCode.element.querySelector("label");
    if (label !== null) label.textContent = isUnitedStates() ? words.zip : words.postalCode;
  };
  select.addEventListener("change", () => {
    redraw();
    tell();
  });
  return { element, select, postalCode, isPostalCodeShown, redraw };
}

function numberSpec(words: FieldWords, wordsOf: (code: string) => string) {
  return {
    name: "number",
    label: words.number,
    autocomplete: "cc-number",
    placeholder: "1234 1234 1234 1234",
    isNumeric: true,
    format: (typed: string) => groupDigits(cardDigits(typed)),
    problem: (value: string) => numberProblem(cardDigits(value)),
    isFull: (value: string) => numberProblem(cardDigits(value)) !== "incomplete_number",
    wordsOf,
  };
}

function expirySpec(words: FieldWords, wordsOf: (code: string) => string) {
  return {
    name: "expiry",
    label: words.expiry,
    autocomplete: "cc-exp",
    placeholder: words.expiryPlaceholder,
    isNumeric: true,
    format: formatExpiry,
    problem: (value: string) => expiryProblem(value, new Date()),
    isFull: (value: string) => expiryProblem(value, new Date()) !== "incomplete_expiry",
    wordsOf,
  };
}

function securityCodeSpec(words: FieldWords, wordsOf: (code: string) => string, digits: () => string) {
  return {
    name: "cvc",
    label: words.cvc,
    autocomplete: "cc-csc",
    placeholder: words.cvcPlaceholder,
    isNumeric: true,
    format: (typed: string) => typed.replaceAll(/\D/g, "").slice(0, securityCodeLength(digits())),
    problem: (value: string) => (value.length === securityCodeLength(digits()) ? undefined : "incomplete_cvc"),
    wordsOf,
  };
}

function nameSpec(words: FieldWords, wordsOf: (code: string) => string) {
  return {
    name: "name",
    label: words.name,
    autocomplete: "billing name",
    placeholder: words.namePlaceholder,
    problem: (value: string) => (value.trim() === "" ? "incomplete_name" : undefined),
    wordsOf,
  };
}
