import type { Notice } from "./answer.ts";
import { appAddress } from "./app-address.ts";

interface Props {
  notice: Notice;
  tone: "info" | "warning" | "critical";
  /** Where nothing else helps: ask once more. */
  again?: { label: string; onPress(): void };
}

/** Something to know, with its next step. */
export function NoticePart({ notice, tone, again }: Props) {
  return (
    <s-banner tone={tone} {...(notice.title ? { heading: notice.title } : {})}>
      <s-stack direction="block" gap="small">
        <s-paragraph>{notice.text}</s-paragraph>
        {notice.link ? <s-link href={appAddress(notice.link.path)}>{notice.link.label}</s-link> : null}
        {again ? (
          <s-stack direction="inline">
            <s-button onClick={again.onPress}>{again.label}</s-button>
          </s-stack>
        ) : null}
      </s-stack>
    </s-banner>
  );
}
