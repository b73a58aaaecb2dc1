import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Column } from "@react-email/column";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { render } from "@react-email/render";
import { Row } from "@react-email/row";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import { createElement as h, Fragment, type ReactElement, type ReactNode } from "react";
import type { Block, Fact, Letter, OrderBlock, OrderLine, Sum } from "./letter.ts";
import { moods, sheetText, style } from "./letter-style.ts";
import { footerOf } from "./words.ts";

/**
 * A letter as a page for mail clients: no script, no picture, nothing loaded from anywhere. React escapes every
 * text.
 */
export async function letterHtml(letter: Letter): Promise<string> {
  return await render(page(letter));
}

function page(letter: Letter): ReactElement {
  return h(
    Html,
    { lang: letter.language, dir: "ltr" },
    h(
      Head,
      null,
      h("title", null, letter.subject),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("style", null, sheetText),
    ),
    h(
      Body,
      { style: style.body, className: "m-body" },
      h(Preview, null, letter.preview),
      h(
        Container,
        { style: style.page, className: "m-page" },
        h(
          Section,
          { style: style.inside, className: "m-inside" },
          h(Text, { style: style.brand, className: "m-ink" }, "Muse"),
          ...letter.blocks.map((block, index) => h(BlockView, { key: index, block })),
        ),
      ),
      h(
        Container,
        { style: style.footer, className: "m-footer" },
        ...footerOf(letter).map((text) => h(Text, { key: text, style: style.fine, className: "m-soft" }, text)),
      ),
    ),
  );
}

function BlockView({ block }: { readonly block: Block }): ReactNode {
  switch (block.kind) {
    case "title":
      return h(Heading, { as: "h1", style: style.title, className: "m-ink m-title" }, block.text);
    case "paragraph":
      return block.isQuiet === true
        ? h(Text, { style: style.quiet, className: "m-soft" }, block.text)
        : h(Text, { style: style.paragraph, className: "m-ink" }, block.text);
    case "action":
      return h(
        Section,
        { style: style.action },
        h(Button, { href: block.url, style: style.button, className: "m-button" }, block.label),
      );
    case "order":
      return h(OrderCard, { order: block });
    case "sums":
      return h(Section, { style: style.sums }, h(Sums, { rows: block.rows }));
    case "facts":
      return h(Section, null, ...block.rows.map((fact) => h(FactView, { key: fact.label, fact })));
  }
}

function OrderCard({ order }: { readonly order: OrderBlock }): ReactNode {
  const { mood, text } = order.state;
  return h(
    Section,
    { style: style.card, className: "m-card" },
    h(Heading, { as: "h2", style: style.store, className: "m-ink" }, order.storeName),
    h(Text, { style: style.number, className: "m-soft" }, order.orderNumber),
    h(Text, { style: { ...style.state, ...moods[mood] }, className: `m-${mood}` }, text),
    ...order.notes.map((note) => h(Text, { key: note, style: style.note, className: "m-ink" }, note)),
    order.lines.length === 0 ? null : h(Lines, { lines: order.lines, isLast: order.sums.length === 0 }),
    order.sums.length === 0 ? null : h(Sums, { rows: order.sums }),
  );
}

type LinesProps = { readonly lines: readonly OrderLine[]; readonly isLast: boolean };

function Lines({ lines, isLast }: LinesProps): ReactNode {
  return h(
    "div",
    null,
    h(Hr, { style: style.rule, className: "m-rule" }),
    ...lines.map((line, index) =>
      row(
        index,
        h(
          Column,
          { style: style.cell },
          h(Text, { style: style.item, className: "m-ink" }, line.title),
          line.detail === "" ? null : h(Text, { style: style.detail, className: "m-soft" }, line.detail),
        ),
        h(
          Column,
          { style: style.amountCell, align: "right" },
          h(Text, { style: style.amount, className: "m-ink" }, line.amount),
        ),
      ),
    ),
    isLast ? null : h(Hr, { style: style.rule, className: "m-rule" }),
  );
}

function Sums({ rows }: { readonly rows: readonly Sum[] }): ReactNode {
  return rows.map(({ label, amount, isTotal }) => {
    const look =
      isTotal === true ? { style: style.total, className: "m-ink" } : { style: style.sum, className: "m-soft" };
    return row(
      label,
      h(Column, { style: style.sumCell }, h(Text, look, label)),
      h(Column, { style: style.sumCell, align: "right" }, h(Text, look, amount)),
    );
  });
}

/** Cells beside each other. */
function row(key: string | number, ...cells: readonly ReactNode[]): ReactNode {
  return h(Row, { key, children: h(Fragment, null, ...cells) });
}

function FactView({ fact }: { readonly fact: Fact }): ReactNode {
  const { label, lines, url } = fact;
  return h(
    "div",
    { style: style.fact },
    h(Text, { style: style.label, className: "m-soft" }, label),
    ...lines.map((line) =>
      h(
        Text,
        { key: line, style: style.value, className: "m-ink" },
        url === undefined ? line : h(Link, { href: url, style: style.link, className: "m-ink" }, line),
      ),
    ),
  );
}
