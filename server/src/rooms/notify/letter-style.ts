/**
 * The look of our mail: paper, ink and one accent. Clients drop stylesheets, so everything stands inline; the
 * sheet holds only what cannot: dark colours and small screens. It finds its elements by these classes.
 */
const sans =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif";

export const widthPx = 600;

const ink = "#1d1b18";
const soft = "#6b665e";
const line = "#e7e3db";
const paper = "#f6f4ef";
const sheet = "#ffffff";

export const style = {
  body: { backgroundColor: paper, color: ink, fontFamily: sans, margin: 0, padding: "32px 12px" },
  page: { backgroundColor: sheet, borderRadius: "14px", maxWidth: `${widthPx}px`, width: "100%", margin: "0 auto" },
  inside: { padding: "36px 40px 32px" },
  brand: {
    fontSize: "19px",
    lineHeight: "24px",
    fontWeight: 600,
    letterSpacing: "-0.02em",
    color: ink,
    margin: "0 0 28px",
  },
  title: {
    fontSize: "25px",
    lineHeight: "32px",
    fontWeight: 600,
    letterSpacing: "-0.015em",
    color: ink,
    margin: "0 0 12px",
    wordBreak: "keep-all",
    overflowWrap: "anywhere",
  },
  paragraph: {
    fontSize: "16px",
    lineHeight: "25px",
    color: ink,
    margin: "0 0 16px",
    wordBreak: "keep-all",
    overflowWrap: "anywhere",
  },
  quiet: { fontSize: "14px", lineHeight: "22px", color: soft, margin: "0 0 14px" },
  action: { margin: "10px 0 26px" },
  button: {
    backgroundColor: ink,
    borderRadius: "10px",
    color: "#ffffff",
    display: "inline-block",
    fontSize: "16px",
    fontWeight: 600,
    lineHeight: "22px",
    padding: "13px 24px",
    textDecoration: "none",
  },
  card: { border: `1px solid ${line}`, borderRadius: "12px", margin: "0 0 16px", padding: "18px 20px 14px" },
  store: { fontSize: "17px", lineHeight: "24px", fontWeight: 600, color: ink, margin: 0 },
  number: { fontSize: "13px", lineHeight: "20px", color: soft, margin: "0 0 10px" },
  state: { fontSize: "14px", lineHeight: "21px", fontWeight: 600, margin: "0 0 8px" },
  note: { fontSize: "14px", lineHeight: "21px", color: ink, margin: "0 0 8px" },
  cell: { padding: "7px 0", verticalAlign: "top" },
  amountCell: { padding: "7px 0 7px 16px", verticalAlign: "top", textAlign: "right", whiteSpace: "nowrap" },
  item: { fontSize: "15px", lineHeight: "21px", color: ink, margin: 0, wordBreak: "break-word" },
  detail: { fontSize: "13px", lineHeight: "19px", color: soft, margin: 0 },
  amount: { fontSize: "15px", lineHeight: "21px", color: ink, margin: 0, fontVariantNumeric: "tabular-nums" },
  rule: {
    borderTop: `1px solid ${line}`,
    borderBottom: 0,
    borderLeft: 0,
    borderRight: 0,
    margin: "8px 0",
    width: "100%",
  },
  sumCell: { padding: "3px 0" },
  sum: { fontSize: "14px", lineHeight: "21px", color: soft, margin: 0, fontVariantNumeric: "tabular-nums" },
  total: {
    fontSize: "16px",
    lineHeight: "24px",
    color: ink,
    fontWeight: 600,
    margin: 0,
    fontVariantNumeric: "tabular-nums",
  },
  sums: { margin: "8px 0 24px" },
  fact: { margin: "0 0 14px" },
  label: { fontSize: "13px", lineHeight: "20px", color: soft, margin: 0 },
  value: { fontSize: "15px", lineHeight: "22px", color: ink, margin: 0, wordBreak: "break-word" },
  link: { color: ink, textDecoration: "underline" },
  footer: { maxWidth: `${widthPx}px`, margin: "0 auto", padding: "20px 40px 0", width: "100%" },
  fine: { fontSize: "13px", lineHeight: "20px", color: soft, margin: "0 0 6px" },
} as const;

export const moods = {
  good: { color: "#2c6e49" },
  calm: { color: "#7a5c1e" },
  sad: { color: "#9b3d2e" },
} as const;

/** `!important`, because inline styles are stronger than a sheet without it. */
export const sheetText = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .m-body, .m-body > table > tbody > tr > td { padding: 0 !important; }
  .m-page { border-radius: 0 !important; }
  .m-inside { padding: 28px 20px 24px !important; }
  .m-card { padding: 16px 16px 12px !important; }
  .m-footer { padding: 20px 20px 32px !important; }
  .m-title { font-size: 23px !important; line-height: 30px !important; }
}
@media (prefers-color-scheme: dark) {
  .m-body, .m-body > table > tbody > tr > td { background-color: #141311 !important; }
  .m-page { background-color: #1e1c19 !important; }
  .m-card { border-color: #3a362f !important; }
  .m-rule { border-top-color: #3a362f !important; }
  .m-ink { color: #f3f0ea !important; }
  .m-soft { color: #aaa397 !important; }
  .m-button { background-color: #f3f0ea !important; color: #1d1b18 !important; }
  .m-good { color: #7cc59b !important; }
  .m-calm { color: #dcb766 !important; }
  .m-sad { color: #eb9382 !important; }
}`;
