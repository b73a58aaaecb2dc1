"use client";

import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Button } from "./button.tsx";
import { cn } from "./class-names.ts";

type ErrorStateProps = {
  readonly error?: unknown;
  /** What could not be done, where "Something went wrong" is not enough. */
  readonly title?: string;
  /** Left out where asking again cannot help. */
  readonly onRetry?: (() => void) | undefined;
  readonly isRetrying?: boolean;
  /** It is all that the page says: its title is the page's. */
  readonly isPage?: boolean;
  readonly className?: string;
};

/** Instead of what could not be read: what went wrong, what to do, and the request's number where there is one. */
export function ErrorState(props: ErrorStateProps) {
  const { error, title, onRetry, isRetrying = false, isPage = false, className } = props;
  const Heading = isPage ? "h1" : "h2";
  const t = useTranslations("ui");
  const message = useErrorMessage();
  const requestId = isApiError(error) ? error.failure.requestId : undefined;
  return (
    <div role="alert" className={cn("flex flex-col items-start gap-3 py-10", className)}>
      <Heading className="text-xl font-medium">{title ?? t("error.title")}</Heading>
      <p className="max-w-prose text-muted">{message(error)}</p>
      {requestId !== undefined && <p className="text-xs text-muted">{t("error.requestId", { id: requestId })}</p>}
      {onRetry !== undefined && (
        <Button variant="secondary" className="mt-3" onClick={onRetry} isBusy={isRetrying}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

/** Says of any error what a shopper needs to know: the API's own words in their language, else ours. */
export function useErrorMessage(): (error: unknown) => string {
  const t = useTranslations("ui.error");
  return (error) => {
    if (isApiError(error, "offline")) return t("offline");
    if (isApiError(error, "unreachable")) return t("unreachable");
    return isApiError(error) && error.failure.message !== "" ? error.failure.message : t("internal");
  };
}
