import { unavailable } from "../browser/stop.ts";
import type { Walk } from "../browser/walk.ts";
import type { StoreAccess } from "../port.ts";

/** Signs in, unless the last visit's sign-in still holds. */
export async function signIn(walk: Walk, access: StoreAccess): Promise<void> {
  const { page } = walk;
  const { email = "", password = "" } = access.credentials;
  await walk.step("sign in", async () => {
    await walk.open(`${access.baseUrl}/sign-in`);
    const states = {
      known: page.getByRole("link", { name: "My orders" }),
      unknown: page.getByRole("link", { name: "Sign in" }),
    };
    if ((await walk.seeOneOf(states)) === "known") return;
    await walk.paste(page.getByLabel("Email", { exact: true }), email);
    await walk.paste(page.getByLabel("Password"), password);
    await walk.click(page.getByRole("button", { name: "Sign in" }));
    const answers = { known: states.known, wrong: page.getByText("do not go together") };
    if ((await walk.seeOneOf(answers)) === "wrong")
      throw unavailable("credentials", "the shop does not know the account");
  });
}
