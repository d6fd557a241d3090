import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import { RefusedBanner } from "../../../ui/refused-banner.tsx";
import { useFormSubmit } from "../../../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../../../ui/use-outcome-toast.ts";
import type { NoticeAction, NoticeShown } from "./notice-data.ts";

/**
 * What a connection's state means, the same on every page, with the one button that changes it. Nothing while all is on. `isFollowed`: one
 * that comes while somebody is on the page is scrolled to.
 */
export function ConnectionNotices({ notices, isFollowed = false }: { notices: NoticeShown[]; isFollowed?: boolean }) {
  const fetcher = useFetcher<Told>();
  useOutcomeToast(fetcher.data);
  const submit = useFormSubmit(fetcher, "/app/settings");
  const top = useRef<HTMLDivElement>(null);
  const keys = notices.map((one) => `${one.connectionId} ${one.kind}`).join();
  const seen = useRef(keys);
  useEffect(() => {
    if (isFollowed && keys && keys !== seen.current) top.current?.scrollIntoView({ block: "center" });
    seen.current = keys;
  }, [keys, isFollowed]);

  const button = (action: NoticeAction) => ({
    content: action.label,
    ...("url" in action
      ? { url: action.url }
      : { loading: fetcher.state !== "idle", onAction: () => submit(action.form) }),
  });
  if (notices.length === 0) return null;
  return (
    <div ref={top}>
      <BlockStack gap="400">
        <RefusedBanner told={fetcher.data} />
        {notices.map(({ connectionId, kind, tone, title, lines, action, secondary }) => (
          <Banner
            key={`${connectionId} ${kind}`}
            tone={tone}
            title={title}
            {...(action ? { action: button(action) } : {})}
            {...(secondary ? { secondaryAction: button(secondary) } : {})}
          >
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Banner>
        ))}
      </BlockStack>
    </div>
  );
}
