/** What is known of one field of a form. */
export type FieldState = {
  readonly value: string;
  /** Left once, or complained about: from then on it is judged. */
  readonly isTouched: boolean;
  readonly error: string | undefined;
};

/** Says what is wrong and what to do, or nothing where all is well. */
export type Check = (value: string) => string | undefined;

export function untouched(value: string): FieldState {
  return { value, isTouched: false, error: undefined };
}

/** While typing nothing new is complained about; what was wrong stops being said the moment it is right. */
export function typed(state: FieldState, value: string, check: Check): FieldState {
  if (state.error === undefined) return { ...state, value };
  return { ...state, value, error: check(value) === undefined ? undefined : state.error };
}

/** Leaving a field is when it is judged; one that was never written into is left in peace until the form is sent. */
export function left(state: FieldState, check: Check): FieldState {
  if (state.value === "" && !state.isTouched) return state;
  return { ...state, isTouched: true, error: check(state.value) };
}

/** Sending judges every field, touched or not. */
export function sent(state: FieldState, check: Check): FieldState {
  return { ...state, isTouched: true, error: check(state.value) };
}

/** What the API said of it stands until the value changes to one that it has not seen. */
export function refused(state: FieldState, error: string): FieldState {
  return { ...state, isTouched: true, error };
}

/** A tick: written, left, and right. */
export function isTicked(state: FieldState, check: Check): boolean {
  return state.isTouched && state.value !== "" && state.error === undefined && check(state.value) === undefined;
}
