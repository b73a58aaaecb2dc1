// Lists that open under a button. Arrow keys, Home, End, Enter, Escape, a letter to jump; a click outside closes.
for (const box of document.querySelectorAll("[data-listbox]")) {
  const button = box.querySelector(".lb-button");
  const list = box.querySelector(".lb-list");
  const field = box.querySelector("input[type=hidden]");
  const options = [...list.querySelectorAll("[role=option]")];
  let at = -1;

  const mark = (index) => {
    at = (index + options.length) % options.length;
    options.forEach((option, each) => option.classList.toggle("at", each === at));
    list.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    const chosen = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    mark(Math.max(0, chosen));
    list.focus();
  };
  const choose = (option) => {
    if (option.getAttribute("aria-disabled") === "true") return;
    for (const each of options) each.setAttribute("aria-selected", String(each === option));
    field.value = option.dataset.value;
    button.textContent = option.textContent.trim();
    close();
    button.focus();
  };
  const keys = {
    ArrowDown: () => mark(at + 1),
    ArrowUp: () => mark(at - 1),
    Home: () => mark(0),
    End: () => mark(options.length - 1),
    Enter: () => choose(options[at]),
    " ": () => choose(options[at]),
    Escape: () => {
      close();
      button.focus();
    },
  };

  button.addEventListener("click", () => (list.hidden ? open() : close()));
  list.addEventListener("keydown", (event) => {
    if (event.key === "Tab") {
      close();
      return;
    }
    const act = keys[event.key];
    if (act === undefined) {
      const jump = options.findIndex((option) =>
        option.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()),
      );
      if (jump >= 0) mark(jump);
      return;
    }
    event.preventDefault();
    act();
  });
  for (const option of options) option.addEventListener("click", () => choose(option));
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) close();
  });
}
