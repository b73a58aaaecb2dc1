import { el } from "./dom.js";

const cookieKey = "kite.cookies";
const letterKey = "kite.letter";
/** Long enough that one has begun to read. */
const letterAfterMs = 1500;

/** The banner at the foot until it is answered, and the newsletter over everything once. */
export function startCovers() {
  if (localStorage.getItem(cookieKey) === null) document.body.append(cookieBanner());
  if (localStorage.getItem(letterKey) === null) setTimeout(showNewsletter, letterAfterMs);
}

export function showNewsletter() {
  if (document.querySelector("dialog.letter") !== null) return;
  const close = () => {
    localStorage.setItem(letterKey, "closed");
    dialog.close();
    dialog.remove();
  };
  const send = (event) => {
    event.preventDefault();
    close();
  };
  const dialog = el(
    "dialog",
    { class: "letter", "aria-labelledby": "letter-title", onclose: close },
    el("button", { class: "letter__x", "aria-label": "Close", onclick: close }, "✕"),
    el("img", { src: `${document.body.dataset.base}/app/kite.svg`, alt: "", width: 64, height: 64 }),
    el("h2", { id: "letter-title" }, "Windy-day post!"),
    el("p", {}, "New kites, rainy-day ideas and no more than two letters a month."),
    el(
      "form",
      { onsubmit: send },
      el("input", { type: "email", "aria-label": "Your email", placeholder: "you@home" }),
      el("button", { class: "btn", type: "submit" }, "Count me in"),
    ),
    el("button", { class: "plain", type: "button", onclick: close }, "Maybe later"),
  );
  document.body.append(dialog);
  dialog.showModal();
}

let asking;

/** Resolves when the letters were right. Two calls that are asked at a time are asked once. */
export function askForLetters(base) {
  asking ??= ask(base).finally(() => (asking = undefined));
  return asking;
}

function ask(base) {
  return new Promise((resolve) => {
    const picture = el("img", {
      src: `${base}/api/captcha.svg?${Date.now()}`,
      alt: "Five letters to type",
      width: 270,
      height: 80,
    });
    const input = el("input", { id: "captcha-letters", autocomplete: "off", required: true });
    const wrong = el("p", { class: "wrong", role: "alert" });
    const check = async (event) => {
      event.preventDefault();
      const response = await fetch(`${base}/api/captcha`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ answer: input.value }),
      });
      const { solved } = await response.json();
      if (!solved) {
        wrong.textContent = "Not quite. Here are new ones.";
        input.value = "";
        picture.src = `${base}/api/captcha.svg?${Date.now()}`;
        return;
      }
      dialog.close();
      dialog.remove();
      resolve();
    };
    const dialog = el(
      "dialog",
      {
        class: "letter",
        id: "captcha",
        "aria-labelledby": "captcha-title",
        oncancel: (event) => event.preventDefault(),
      },
      el("h2", { id: "captcha-title" }, "Quick check: are you a person?"),
      picture,
      el(
        "form",
        { onsubmit: check },
        el("label", { for: "captcha-letters" }, "Type the letters"),
        input,
        wrong,
        el("button", { class: "btn", type: "submit" }, "That’s what it says"),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows how many are before one, for a moment; whoever called asks again after it. */
export async function showQueue(position) {
  const shown =
    document.querySelector("dialog.queue") ?? document.body.appendChild(el("dialog", { class: "letter queue" }));
  shown.replaceChildren(
    el("h2", {}, "It’s gusty in here!"),
    el("p", { role: "status" }, `There are ${position} families before you. Stay here, we’ll let you in.`),
  );
  if (!shown.open) shown.showModal();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  shown.close();
  shown.remove();
}

function cookieBanner() {
  const answer = (choice) => () => {
    localStorage.setItem(cookieKey, choice);
    banner.remove();
  };
  const banner = el(
    "div",
    { class: "cookies", role: "region", "aria-label": "Cookies" },
    el("p", {}, "We bake cookies: a few to run the shop, a few to count visits."),
    el("button", { class: "btn", onclick: answer("all") }, "Yum, all of them"),
    el("button", { class: "plain", onclick: answer("needed") }, "Only the needed ones"),
  );
  return banner;
}
