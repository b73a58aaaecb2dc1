import type { SellerCurrency } from "@muse/contracts/seller";
import type { ProductToPublish } from "#rooms/seller";
import { manuscriptPdf, notebookPdf, palettesJson, patternPng, runningPlanCsv, walkingLogCsv } from "./demo-files.ts";

export type DemoSeller = {
  readonly seller: "seller" | "secondSeller";
  readonly displayName: string;
  readonly about: string;
  readonly products: readonly ProductToPublish[];
};

/** What the sandbox's two sellers sell: files of every sort, in both currencies, one of them in a limited edition. */
export const demoSellers: readonly DemoSeller[] = [
  {
    seller: "seller",
    displayName: "Selin Seller",
    about: "Files of the sandbox.",
    products: [
      good("USD", 600, {
        title: "Dotted Notebook to Print",
        description: "Twenty-four A5 pages with dots five millimetres apart, as a PDF for any printer.",
        file: { name: "dotted-notebook.pdf", make: notebookPdf },
      }),
      good("USD", 900, {
        title: "Twelve Weeks to Ten Kilometres",
        description: "A running plan for beginners, day by day, as a table that every spreadsheet opens.",
        file: { name: "ten-kilometres.csv", make: runningPlanCsv },
      }),
      good("USD", 450, {
        title: "Sourdough, Hour by Hour",
        description: "One loaf from the starter to the crust, on two pages of plain text.",
        file: { name: "sourdough.md", make: async () => Buffer.from(sourdough) },
      }),
      good("KRW", 5_000, {
        title: "한 해의 산책 기록장",
        description: "날짜와 요일이 채워진 365일 산책 기록표입니다. 어느 스프레드시트에서나 열립니다.",
        file: { name: "산책-기록장.csv", make: walkingLogCsv },
      }),
    ],
  },
  {
    seller: "secondSeller",
    displayName: "Mina Maker",
    about: "Patterns, palettes and paper. 무늬와 색, 그리고 종이.",
    products: [
      good("USD", 300, {
        title: "Palettes of Four Seasons",
        description: "Twelve palettes of five colours each, as JSON for design tools.",
        file: { name: "four-seasons.json", make: palettesJson },
      }),
      good("KRW", 3_000, {
        title: "이백 자 원고지",
        description: "인쇄해서 쓰는 A4 크기의 200자 원고지 PDF입니다.",
        file: { name: "원고지-200자.pdf", make: manuscriptPdf },
      }),
      good("KRW", 12_000, {
        title: "물결 무늬 한정판",
        description: "이어 붙일 수 있는 512픽셀 무늬 그림입니다. 백 명에게만 판매합니다.",
        editionLimit: 100,
        file: { name: "물결-무늬.png", make: patternPng },
      }),
    ],
  },
];

type Good = Pick<ProductToPublish, "title" | "description" | "file"> & { readonly editionLimit?: number };

function good(currency: SellerCurrency, priceCents: number, { editionLimit, ...rest }: Good): ProductToPublish {
  return { ...rest, currency, priceCents, category: null, editionLimit: editionLimit ?? null };
}

const sourdough = `# Sourdough, hour by hour

450 g flour, 325 g water, 90 g starter, 9 g salt. One loaf.

| When  | What                                                                 |
| ----- | -------------------------------------------------------------------- |
| 08:00 | Feed the starter: 45 g flour, 45 g water. Leave it where it is warm. |
| 12:00 | Mix flour and water. Cover, and leave it alone.                      |
| 12:45 | Work in starter and salt with wet hands.                             |
| 13:15 | Stretch and fold, four times in two hours.                           |
| 18:00 | It has grown by half: shape it, and lay it in a floured cloth.       |
| 18:30 | Into the refrigerator until tomorrow.                                |
| 09:00 | Oven and pot to 240 °C, for 45 minutes.                              |
| 09:45 | Cut the loaf, bake it covered for 20 minutes, then open for 22.      |
| 12:00 | Cold enough to be cut.                                               |
`;
