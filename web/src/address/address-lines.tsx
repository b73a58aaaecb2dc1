import { cn } from "#web/ui/class-names.ts";

/** An address as it is read: of a form, a session, an order or a book. */
export type AddressText = {
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
};

type AddressLinesProps = { readonly address: AddressText; readonly className?: string };

/** An address line by line, as it stands on a label. */
export function AddressLines({ address, className }: AddressLinesProps) {
  const { name, address1, address2, city, state, zip } = address;
  const lines = [name, address1, address2 ?? "", `${city}, ${state} ${zip}`];
  return (
    <address className={cn("not-italic", className)}>
      {lines
        .filter((line) => line !== "")
        .map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
    </address>
  );
}
