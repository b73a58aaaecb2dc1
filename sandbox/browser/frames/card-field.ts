export type FieldSpec = {
  /** Stripe's names: number, expiry, cvc, name, country, postalCode. */
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly placeholder?: string;
  readonly isNumeric?: boolean;
  /** Rewrites what is in the input after every keystroke. */
  readonly format?: (typed: string, isDeleting: boolean) => string;
  /** The code of what is wrong with a value, said once the shopper is done with the field. */
  readonly problem: (value: string) => string | undefined;
  /** Whether nothing more can be typed, so that what is wrong may be said at once. */
  readonly isFull?: (value: string) => boolean;
  readonly wordsOf: (code: string) => string;
};

export type CardField = {
  readonly name: string;
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** Beside the text: the brands of cards. */
  readonly adornment: HTMLElement;
  problem(): string | undefined;
  /** Shows what is wrong, or that nothing is. */
  validate(): void;
  clear(): void;
};

/** One labelled input with its error under it. `changed` is told of every keystroke. */
export function makeField(spec: FieldSpec, changed: () => void): CardField {
  const { element, input, adornment, error } = drawField(spec);
  const problem = (): string | undefined => spec.problem(input.value);
  const show = (code: string | undefined): void =>
    showError(input, error, code === undefined ? "" : spec.wordsOf(code));
  const validate = (): void => show(problem());

  input.addEventListener("input", (event) => {
    const isDeleting = event instanceof InputEvent && event.inputType.startsWith("delete");
    if (spec.format !== undefined) rewrite(input, spec.format(input.value, isDeleting));
    const isFull = spec.isFull?.(input.value) ?? false;
    if (problem() === undefined) show(undefined);
    else if (isFull) validate();
    changed();
  });
  // Left empty is left for later: only what was begun is wrong, until the form is sent.
  input.addEventListener("blur", () => show(input.value === "" ? undefined : problem()));
  return {
    name: spec.name,
    element,
    input,
    adornment,
    problem,
    validate,
    clear() {
      input.value = "";
      show(undefined);
    },
  };
}

/** A labelled holder for any input, with the classes that a page's `rules` may name. */
export function drawHolder(name: string, label: string): { readonly element: HTMLElement; readonly id: string } {
  const id = `Field-${name}Input`;
  const element = document.createElement("div");
  element.className = "Field";
  const caption = document.createElement("label");
  caption.className = "Label";
  caption.htmlFor = id;
  caption.textContent = label;
  element.append(caption);
  return { element, id };
}

function drawField(spec: FieldSpec) {
  const { element, id } = drawHolder(spec.name, spec.label);
  const input = document.createElement("input");
  input.className = "Input";
  input.id = id;
  input.name = spec.name;
  input.type = "text";
  input.autocomplete = spec.autocomplete as AutoFill;
  input.placeholder = spec.placeholder ?? "";
  input.spellcheck = false;
  input.setAttribute("aria-required", "true");
  if (spec.isNumeric === true) input.inputMode = "numeric";
  const adornment = document.createElement("span");
  adornment.className = "Adornment";
  const box = document.createElement("div");
  box.className = "Input-box";
  box.append(input, adornment);
  const error = document.createElement("p");
  error.className = "Error";
  error.id = `Field-${spec.name}Error`;
  error.setAttribute("role", "alert");
  element.append(box, error);
  return { element, input, adornment, error };
}

function showError(input: HTMLInputElement, error: HTMLElement, message: string): void {
  if (error.textContent === message) return;
  error.textContent = message;
  input.classList.toggle("Input--invalid", message !== "");
  if (message === "") {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  } else {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
  }
}

/** Puts the formatted text in and the caret behind the same digit as before. */
function rewrite(input: HTMLInputElement, text: string): void {
  if (input.value === text) return;
  const caret = input.selectionStart ?? input.value.length;
  const isAtEnd = caret >= input.value.length;
  const digitsBefore = input.value.slice(0, caret).replaceAll(/\D/g, "").length;
  input.value = text;
  if (isAtEnd || document.activeElement !== input) return;
  let place = 0;
  for (let seen = 0; place < text.length && seen < digitsBefore; place += 1)
    if (/\d/.test(text[place] ?? "")) seen += 1;
  input.setSelectionRange(place, place);
}
