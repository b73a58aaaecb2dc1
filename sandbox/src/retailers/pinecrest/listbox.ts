import { html, raw, type Html } from "../web/html.ts";

export type Choice = { readonly value: string; readonly label: string; readonly isDisabled?: boolean };

type Listbox = {
  /** The name that the form sends. */
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: string;
  readonly error?: string | undefined;
};

/** A select that is none: a button, a list that opens under it, a hidden field. static/listbox.js moves it. */
export function drawListbox({ name, label, choices, chosen, error }: Listbox): Html {
  const found = choices.find(({ value }) => value === chosen);
  return html`<div class="lb" data-listbox>
    <span class="lb-label" id="${name}-label">${label}</span>
    <input type="hidden" name="${name}" value="${found?.value ?? ""}" />
    <button
      type="button"
      class="lb-button"
      id="${name}-button"
      aria-haspopup="listbox"
      aria-expanded="false"
      aria-labelledby="${name}-label ${name}-button"
    >
      ${found?.label ?? "Choose"}
    </button>
    <ul class="lb-list" role="listbox" aria-labelledby="${name}-label" tabindex="0" hidden>
      ${choices.map(
        (choice, index) =>
          html`<li
            role="option"
            id="${name}-${index}"
            data-value="${choice.value}"
            aria-selected="${choice.value === chosen ? "true" : "false"}"
            ${choice.isDisabled === true ? raw('aria-disabled="true"') : null}
          >
            ${choice.label}
          </li>`,
      )}
    </ul>
    ${error === undefined ? null : html`<em class="bad">${error}</em>`}
  </div>`;
}
