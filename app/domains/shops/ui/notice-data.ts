import type { ConnectionStateKind } from "../judge-connection.ts";

/** A button of a notice: a page, or a form for `/app/settings`. */
export type NoticeAction = { label: string } & ({ url: string } | { form: Record<string, string> });

/** What is out of the ordinary with a connection; every text is final. */
export interface NoticeShown {
  connectionId: string;
  kind: ConnectionStateKind;
  tone: "critical" | "warning" | "info";
  title: string;
  lines: string[];
  action: NoticeAction | null;
  secondary: NoticeAction | null;
}

/** A shop is not looked at now: no page may say that everything of it has arrived. */
export const isUnchecked = (notices: readonly NoticeShown[]): boolean =>
  notices.some((one) => one.kind === "disconnected");
