import { useTranslations } from "next-intl";

const steps = ["fill", "pay", "follow"] as const;

/** The three things one does here. */
export function HomeSteps() {
  const t = useTranslations("home.how");
  return (
    <section aria-labelledby="how" className="border-y border-line bg-sunken">
      <div className="shell py-16">
        <h2 id="how" className="sr-only">
          {t("title")}
        </h2>
        <ol className="grid gap-10 md:grid-cols-3 md:gap-12">
          {steps.map((step, index) => (
            <li key={step} className="flex flex-col gap-2">
              <span aria-hidden="true" className="figures text-sm text-muted">
                {index + 1}
              </span>
              <h3 className="text-lg font-medium">{t(`steps.${step}.title`)}</h3>
              <p className="max-w-[30em] text-sm text-muted">{t(`steps.${step}.body`)}</p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
