import type { ChannelListing } from "../../channels/port.ts";
import type { ListingStatus } from "./model.ts";

/** What a look at the channel means for a listing. */
export type Verdict =
  /** The channel is still looking at it. */
  | { kind: "in-review" }
  /** What we submitted is on sale. */
  | { kind: "live" }
  /** An edit was refused; the version before it stays on sale. */
  | { kind: "edit-refused" }
  /** Not on sale because the channel said no, or took it off. */
  | { kind: "rejected" }
  /** Taken off sale by somebody who is not us. */
  | { kind: "stopped" }
  | { kind: "deleted" }
  /** A status we do not know: nothing is concluded from it. */
  | { kind: "unknown"; status: string };

/** Reads the channel's status and audit together. `live` moves only by the audit's verdict; an acknowledgement never moves it. */
export function judgeAudit(seen: Pick<ChannelListing, "status" | "auditStatus"> | null): Verdict {
  if (!seen) return { kind: "deleted" };
  switch (seen.status) {
    case "live":
      if (seen.auditStatus === "in-review") return { kind: "in-review" };
      return seen.auditStatus === "rejected" ? { kind: "edit-refused" } : { kind: "live" };
    case "in-review":
    case "scheduled":
      return { kind: "in-review" };
    case "rejected":
    case "stopped-by-channel":
    case "frozen":
      return { kind: "rejected" };
    case "stopped":
    case "draft":
      return { kind: "stopped" };
    case "deleted":
      return { kind: "deleted" };
    default:
      return { kind: "unknown", status: seen.status };
  }
}

/** The status of the listing after a verdict. */
export function statusAfter(verdict: Verdict, before: ListingStatus): ListingStatus {
  switch (verdict.kind) {
    case "in-review":
      return before === "live" ? "live" : "in-review";
    case "live":
    case "edit-refused":
      return "live";
    case "unknown":
      return before;
    default:
      return verdict.kind;
  }
}
