import type { ConnectionStatus, Flow, ReadinessItem } from "../model.ts";

/** What turning on would do: live already, sent and waiting, ready and not sent, left out. */
export interface PlanInNumbers {
  live: number;
  queued: number;
  wouldList: number;
  refused: number;
}

/** A connection as the Home screen shows it: times are texts already, in the shop's time zone. */
export interface ConnectionShown {
  id: string;
  name: string;
  region: string;
  currency: string;
  status: ConnectionStatus;
  armedFlows: Flow[];
  ordersFrom: string | null;
  readiness: { ok: boolean; checkedAt: string | null; failing: ReadinessItem[] };
  warehouses: { id: string; name: string }[];
  locations: { id: string; name: string }[];
  settings: { warehouseId: string | null; locationIds: string[]; buffer: number };
  plan: PlanInNumbers;
}
