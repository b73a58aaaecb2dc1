import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { controlLook, Field, type FieldWords } from "./field.tsx";

type TextAreaProps = FieldWords & Omit<ComponentProps<"textarea">, "required">;

/** Several lines of text, such as a reason. */
export function TextArea({ label, hint, error, isRequired, isValid, className, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired} isValid={isValid} className={className}>
      {(control) => <textarea rows={4} {...rest} {...control} className={cn(controlLook, "block py-3")} />}
    </Field>
  );
}
