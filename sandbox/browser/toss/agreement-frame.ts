import { isEnglish, tell } from "./frame-port.ts";

document.documentElement.lang = isEnglish ? "en" : "ko";
document.body.className = "agreement";
const label = document.createElement("label");
const input = document.createElement("input");
input.type = "checkbox";
input.checked = true;
input.addEventListener("change", () => tell({ isAgreed: input.checked }));
label.append(
  input,
  isEnglish ? "[Required] I agree to the payment service's terms" : "[필수] 결제 서비스 이용 약관, 개인정보 처리 동의",
);
document.querySelector("#root")?.append(label);
tell({ isAgreed: true, heightPx: document.documentElement.scrollHeight });
