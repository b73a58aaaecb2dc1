"use client";

import { useRef, useState, type SyntheticEvent } from "react";
import { isTicked, left, refused, sent, typed, untouched, type Check, type FieldState } from "./field-state.ts";

export type FieldSpec = { readonly initial?: string; readonly check?: Check; readonly isRequired?: boolean };

type Change = { readonly currentTarget: { readonly value: string } };

/** What `<TextField {...fields.of("email")} />` is given. */
export type FieldProps<Name extends string> = {
  readonly name: Name;
  readonly value: string;
  readonly error: string | undefined;
  readonly isValid: boolean;
  readonly isRequired: boolean;
  readonly onChange: (event: Change) => void;
  readonly onBlur: () => void;
};

export type Fields<Name extends string> = {
  readonly values: Readonly<Record<Name, string>>;
  readonly of: (name: Name) => FieldProps<Name>;
  /** Sets values from elsewhere: a postcode's city, what a reload kept. */
  readonly fill: (values: Partial<Record<Name, string>>) => void;
  /** Puts the API's complaint under its field and moves there. */
  readonly refuse: (name: Name, error: string) => void;
  /**
   * For `<form noValidate onSubmit={fields.submit(send)}>`: judges every field, moves to the first that is wrong, and
   * calls `send` when none is.
   */
  readonly submit: (
    send: (values: Readonly<Record<Name, string>>) => void,
  ) => (event: SyntheticEvent<HTMLFormElement>) => void;
};

const fine: Check = () => undefined;

/** The fields of one form: judged when left, forgiven while typing, ticked when right (docs/usability.md 7, 8). */
export function useFields<Name extends string>(specs: Readonly<Record<Name, FieldSpec>>): Fields<Name> {
  const names = Object.keys(specs) as Name[];
  const [states, setStates] = useState(() => perName(names, (name) => untouched(specs[name].initial ?? "")));
  const form = useRef<HTMLFormElement>(null);
  const checkOf = (name: Name): Check => specs[name].check ?? fine;
  const set = (name: Name, change: (state: FieldState) => FieldState): void =>
    setStates((before) => ({ ...before, [name]: change(before[name]) }));
  const values = perName(names, (name) => states[name].value);

  return {
    values,
    of: (name) => ({
      name,
      value: states[name].value,
      error: states[name].error,
      isValid: isTicked(states[name], checkOf(name)),
      isRequired: specs[name].isRequired ?? false,
      onChange: ({ currentTarget: { value } }) => set(name, (state) => typed(state, value, checkOf(name))),
      onBlur: () => set(name, (state) => left(state, checkOf(name))),
    }),
    fill: (given) => {
      for (const name of names) {
        const value = given[name];
        if (value !== undefined) set(name, (state) => typed(state, value, checkOf(name)));
      }
    },
    refuse: (name, error) => {
      set(name, (state) => refused(state, error));
      focusOn(form.current, name);
    },
    submit: (send) => (event) => {
      event.preventDefault();
      form.current = event.currentTarget;
      const judged = perName(names, (name) => sent(states[name], checkOf(name)));
      setStates(judged);
      const wrong = names.find((name) => judged[name].error !== undefined);
      if (wrong === undefined) send(values);
      else focusOn(form.current, wrong);
    },
  };
}

function perName<Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

function focusOn(form: HTMLFormElement | null, name: string): void {
  const control = form?.elements.namedItem(name);
  if (control instanceof HTMLElement) control.focus();
}
