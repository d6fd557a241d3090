import type { Channel, ChannelReason } from "../../channels/port.ts";
import type { CallError } from "../../platform/errors.ts";
import type { RefusalReason } from "./model.ts";

/** The channel's reasons with what they mean and what to do. */
export function explainReasons(channel: Channel, reasons: readonly ChannelReason[]): RefusalReason[] {
  return reasons.map(({ code, message, field }) => {
    const { sentence, nextStep } = channel.explain(code);
    return { code, sentence, nextStep, raw: message, ...(field ? { field } : {}) };
  });
}

/** What a refused call said: its own reasons where it gave some, else its code. */
export function reasonsOfError(error: CallError): ChannelReason[] {
  const { reasons } = (error.details ?? {}) as { reasons?: ChannelReason[] };
  return reasons && reasons.length > 0 ? reasons : [{ code: error.code ?? error.family, message: error.message }];
}

/** The call was answered with a plain no: its effect does not exist and will not come. */
export function isRefusal(error: CallError): boolean {
  return (
    !error.mayHaveHappened && (error.family === "invalid" || error.family === "conflict" || error.family === "notFound")
  );
}
