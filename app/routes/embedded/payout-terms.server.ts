import type { ConnectionView } from "../../domains/shops/model.ts";
import type { Visit } from "./visit.server.ts";

export interface PayoutTerms {
  feeBasisPoints: number | null;
  channelRemitsTax: boolean;
}

/** What estimates are made with: the fee the merchant set for a connection, else what the channel publishes for its market. */
export function payoutTerms(
  { services }: Pick<Visit, "services">,
  connections: readonly Pick<ConnectionView, "id" | "channel" | "region" | "sellerType" | "settings">[],
): (connectionId: string) => PayoutTerms {
  const byId = new Map(
    connections.map((one) => {
      const channel = services.channel(one.channel);
      const feeBasisPoints = one.settings.feeBasisPoints ?? channel.terms(one.region).feeBasisPoints;
      return [one.id, { feeBasisPoints, channelRemitsTax: channel.taxRules(one).owedBy === "channel" }];
    }),
  );
  return (id) => byId.get(id) ?? { feeBasisPoints: null, channelRemitsTax: false };
}

/** "6", "2.5": hundredths of a percent as a percentage. */
export const percentOf = (basisPoints: number): string => String(basisPoints / 100);
