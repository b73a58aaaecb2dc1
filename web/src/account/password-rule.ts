/** The API's own bounds. */
export const passwordLengthMin = 8;
const passwordLengthMax = 128;

type Say = (key: "passwordShort" | "passwordLong", values: { readonly length: number }) => string;

/** Length is all that is asked of a password. */
export function passwordCheck(say: Say): (value: string) => string | undefined {
  return (value) => {
    if (value.length < passwordLengthMin) return say("passwordShort", { length: passwordLengthMin });
    return value.length > passwordLengthMax ? say("passwordLong", { length: passwordLengthMax }) : undefined;
  };
}
