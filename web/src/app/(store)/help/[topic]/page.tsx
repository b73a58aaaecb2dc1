import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { HelpTopic } from "#web/help/help-topic.tsx";
import { isTopic } from "#web/help/topics.ts";

type Props = PageProps<"/help/[topic]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params;
  if (!isTopic(topic)) notFound();
  const t = await getTranslations("help");
  return {
    title: t(`topics.${topic}.title`),
    description: t(`topics.${topic}.lead`),
    alternates: { canonical: `/help/${topic}` },
  };
}

export default async function HelpTopicPage({ params }: Props) {
  const { topic } = await params;
  if (!isTopic(topic)) notFound();
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <HelpTopic topic={topic} />
    </main>
  );
}
