import { KEPT } from "../../domains/orders/model.ts";
import type { BuyerRequestShown, KeptShown } from "../../domains/orders/ui/privacy-data.ts";
import { t } from "../../locales/translate.ts";
import { formatDay, formatMoment } from "../../ui/format-time.ts";
import { nameDay } from "../../ui/start-of-day.ts";
import type { Visit } from "./visit.server.ts";

type Request = Awaited<ReturnType<Visit["services"]["orders"]["listBuyerRequests"]>>[number];

/** What the page of buyers' data shows. */
export async function loadPrivacy({ services, shop }: Visit): Promise<{
  requests: BuyerRequestShown[];
  kept: KeptShown[];
}> {
  const requests = await services.orders.listBuyerRequests({ shopId: shop.id });
  const now = services.clock.now();
  return {
    requests: requests.map((one) => showRequest(one, shop.timezone, now)),
    kept: KEPT.map(({ what, days, after }) => ({
      what: t(`privacy.kept.${what}.what`),
      why: t(`privacy.kept.${what}.why`),
      long: t(`privacy.after.${after}`, { count: days }),
    })),
  };
}

function showRequest(request: Request, zone: string, now: Date): BuyerRequestShown {
  const { id, orders, askedAt, fetchedAt, endsAt } = request;
  const at = formatDay(askedAt, zone);
  const isReady = orders !== null;
  return {
    ...{ id, at, title: t("privacy.requests.came", { at }), state: stateOf(request, zone, now) },
    lines: isReady
      ? [
          t("privacy.requests.orders", { count: orders }),
          ...(fetchedAt ? [t("privacy.requests.fetchedAt", { at: formatMoment(fetchedAt, zone) })] : []),
          t("privacy.requests.until", { until: formatDay(endsAt, zone) }),
        ]
      : [t("privacy.requests.looking")],
    canBeFetched: isReady,
    fileName: `buyer-data_${nameDay(askedAt, zone)}.json`,
  };
}

function stateOf({ orders, fetchedAt, answerBy }: Request, zone: string, now: Date): BuyerRequestShown["state"] {
  const until = formatDay(answerBy, zone);
  if (orders === null) return { label: t("privacy.requests.state.looking"), tone: "info" };
  if (fetchedAt) return { label: t("privacy.requests.state.fetched"), tone: "success" };
  return answerBy < now
    ? { label: t("privacy.requests.state.late", { until }), tone: "critical" }
    : { label: t("privacy.requests.state.open", { until }), tone: "attention" };
}

const STATUS = { "not-found": 404, looking: 409, over: 410 } as const;

/** The file of one request of this shop. */
export async function fetchBuyerFile({ services, shop, actor }: Visit, id: string): Promise<Response> {
  const found = await services.orders.fetchBuyerRequest({ shopId: shop.id, shopDomain: shop.domain, id, actor });
  const headers = { "cache-control": "no-store" };
  if (found.outcome !== "file") return new Response(null, { status: STATUS[found.outcome], headers });
  return new Response(found.json, {
    headers: {
      ...headers,
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="buyer-data.json"',
    },
  });
}
