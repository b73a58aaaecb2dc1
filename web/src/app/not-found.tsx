import { ShopFrame } from "#web/shell/frame.tsx";
import { NothingHere } from "#web/shell/nothing-here.tsx";

export { nothingHereMetadata as generateMetadata } from "#web/shell/nothing-here.tsx";

export default function NotFound() {
  return (
    <ShopFrame>
      <NothingHere />
    </ShopFrame>
  );
}
