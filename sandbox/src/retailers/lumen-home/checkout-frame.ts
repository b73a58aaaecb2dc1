import type { FastifyReply, FastifyRequest } from "fastify";

import { changedPrefix } from "../web/form.ts";
import { html, raw, type Html } from "../web/html.ts";
import type { Shop } from "../web/shop.ts";
import type { Flash, Visit } from "../web/shop-session.ts";
import { sendPage } from "./frame.ts";

const steps = [
  { id: "address", title: "Address" },
  { id: "shipping", title: "Delivery" },
  { id: "payment", title: "Payment" },
  { id: "review", title: "Review" },
] as const;
type StepId = (typeof steps)[number]["id"];

/** Where one must go first: the basket without goods, else the first step that is not done. Null: this one may be. */
export function earlierStep(shop: Shop, visit: Visit, step: StepId): string | null {
  if (visit.cart.length === 0) return `${shop.base}/cart`;
  const isDone = {
    address: visit.shipTo !== null,
    shipping: visit.shippingOptionId !== null,
    payment: visit.payment !== null,
    review: false,
  };
  const first = steps.find(({ id }) => !isDone[id])?.id ?? "review";
  const at = (id: StepId): number => steps.findIndex((entry) => entry.id === id);
  return at(first) < at(step) ? `${shop.base}/checkout/${first}` : null;
}

export type StepPage = {
  readonly step: StepId;
  readonly flash: Flash | null;
  readonly body: Html;
};

/** One page of the checkout: where one is of four, what was wrong, and the form. */
export function sendStep(shop: Shop, request: FastifyRequest, reply: FastifyReply, page: StepPage): FastifyReply {
  const here = steps.findIndex(({ id }) => id === page.step);
  const errors = Object.entries(page.flash?.errors ?? {});
  const body = html`<ol class="steps" aria-label="Checkout">
      ${steps.map(
        ({ id, title }, index) =>
          html`<li ${index === here ? raw('aria-current="step"') : null} class="${index < here ? "done" : ""}">
            ${index < here ? html`<a href="${shop.base}/checkout/${id}">${title}</a>` : title}
          </li>`,
      )}
    </ol>
    ${
      page.flash?.notice === undefined || page.flash.notice === ""
        ? null
        : html`<p class="notice" role="alert">${page.flash.notice}</p>`
    }
    ${
      errors.length === 0
        ? null
        : html`<div class="error-box" role="alert">
            <p>Please look at this again:</p>
            <ul>
              ${errors.map(([field, error]) => html`<li><a href="#${field}">${error}</a></li>`)}
            </ul>
          </div>`
    }
    ${page.body}`;
  const title = `Checkout: ${steps[here]?.title ?? ""}`;
  return sendPage(shop, request, reply, { title, body, isPlain: true });
}

export type Field = {
  readonly name: string;
  readonly label: string;
  /** What the changed page calls it. */
  readonly otherLabel: string;
  readonly autocomplete: string;
  readonly type?: string;
  readonly isOptional?: boolean;
};

/** A text field with its label and what was wrong with it; the changed page names, labels and nests it otherwise. */
export function drawField(field: Field, value: string, flash: Flash | null, isChanged: boolean): Html {
  const name = isChanged ? `${changedPrefix}${field.name}` : field.name;
  const error = flash?.errors[field.name];
  const input = html`<input
    id="${name}"
    name="${name}"
    type="${field.type ?? "text"}"
    value="${value}"
    autocomplete="${field.autocomplete}"
    ${error === undefined ? null : raw('aria-invalid="true"')}
  />`;
  const told = error === undefined ? null : html`<span class="error">${error}</span>`;
  const optional = field.isOptional === true ? html` <span class="small">(optional)</span>` : null;
  if (isChanged) return html`<label class="field-b"><span>${field.otherLabel}${optional}</span>${input}${told}</label>`;
  return html`<div class="field"><label for="${name}">${field.label}${optional}</label>${input}${told}</div>`;
}

/** The step's button: the changed page puts another one, under another name, at the top of the form. */
export function stepButton(
  label: string,
  otherLabel: string,
  isChanged: boolean,
): { top: Html | null; end: Html | null } {
  if (isChanged) {
    const top = html`<div class="bar-b"><input class="button" type="submit" value="${otherLabel}" /></div>`;
    return { top, end: null };
  }
  return { top: null, end: html`<button class="button wide" type="submit" name="continue">${label}</button>` };
}
