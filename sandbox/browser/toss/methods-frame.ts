import { isEnglish, tell } from "./frame-port.ts";

const methods = [
  { code: "CARD", ko: "신용·체크카드", en: "Credit or debit card" },
  { code: "EASY_PAY", ko: "토스페이", en: "Toss Pay" },
  { code: "VIRTUAL_ACCOUNT", ko: "가상계좌", en: "Virtual account" },
];

document.documentElement.lang = isEnglish ? "en" : "ko";
const fieldset = document.createElement("fieldset");
const legend = document.createElement("legend");
legend.textContent = isEnglish ? "Payment method" : "결제 방법";
fieldset.append(legend);
for (const [index, method] of methods.entries()) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "radio";
  input.name = "method";
  input.checked = index === 0;
  input.addEventListener("change", () => tell({ method: method.code }));
  label.append(input, isEnglish ? method.en : method.ko);
  fieldset.append(label);
}
document.querySelector("#root")?.append(fieldset);
tell({ method: "CARD", heightPx: document.documentElement.scrollHeight });
