import { ask } from "./api.js";
import { el } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";

export async function signInView(_parts, { next = "/orders" }) {
  document.title = "Sign in | Kite & Co.";
  const wrong = el("p", { class: "wrong", role: "alert" });
  const send = async (event) => {
    event.preventDefault();
    const { email, password } = event.target.elements;
    try {
      const { data } = await ask("POST", "/sign-in", { email: email.value, password: password.value });
      toast(`Hello, ${data.name}!`);
      go(next.startsWith("/") ? next : "/", { replace: true });
    } catch (cause) {
      wrong.textContent = cause.message;
    }
  };
  return el(
    "section",
    { class: "panel panel--small" },
    el("h1", {}, "Hello again"),
    el(
      "form",
      { class: "stack", onsubmit: send },
      el("label", {}, "Email", el("input", { name: "email", type: "email", autocomplete: "username", required: true })),
      el(
        "label",
        {},
        "Password",
        el("input", { name: "password", type: "password", autocomplete: "current-password", required: true }),
      ),
      wrong,
      el("button", { class: "btn btn--big", type: "submit" }, "Sign in"),
    ),
    el("p", { class: "quiet" }, "New accounts are opened by phone at the moment."),
  );
}
