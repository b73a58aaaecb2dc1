/** Every page in every state on a telephone, in Korean and in the dark. */
import { holdEveryPage } from "./scenes/every-page.ts";

holdEveryPage({ width: 390, language: "ko", theme: "dark" });
