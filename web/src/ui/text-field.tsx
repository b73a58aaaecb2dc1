import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { controlLook, Field, type FieldWords } from "./field.tsx";

type TextFieldProps = FieldWords & Omit<ComponentProps<"input">, "required">;

/** One line of text. `useFields` gives it value, error and tick. */
export function TextField({ label, hint, error, isRequired, isValid, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired} isValid={isValid} className={className}>
      {(control) => <input type="text" {...rest} {...control} className={cn(controlLook, isValid && "pr-11")} />}
    </Field>
  );
}
