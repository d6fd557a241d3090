import { type ConnectionState, type ConnectionView, judgeConnection } from "../../domains/shops/model.ts";
import type { NoticeAction, NoticeShown } from "../../domains/shops/ui/notice-data.ts";
import { t } from "../../locales/translate.ts";
import { formatMoment } from "../../ui/format-time.ts";
import type { Visit } from "./visit.server.ts";

export interface JudgedConnection {
  connection: ConnectionView;
  state: ConnectionState;
}

/** Connections with what their state means, in the order given. */
export async function judgeAll(
  { services, shop }: Visit,
  connections: readonly ConnectionView[],
): Promise<JudgedConnection[]> {
  const isAnyParked = connections.some((one) => one.status === "parked");
  const problems = isAnyParked ? await services.activity.listOpenProblems({ shopId: shop.id }) : [];
  const goneAt = new Map(problems.map((one) => [one.key, one.openedAt]));
  return connections.map((connection) => ({
    connection,
    state: judgeConnection(connection, goneAt.get(`grant-ended:${connection.grantId}`) ?? null),
  }));
}

/** All connections of the shop; where none is left, those the merchant ended. */
export async function judgeShop(visit: Visit): Promise<JudgedConnection[]> {
  const { services, shop } = visit;
  const connected = await services.shops.listConnections(shop.id);
  return judgeAll(visit, connected.length > 0 ? connected : await services.shops.listFormerConnections(shop.id));
}

/**
 * What is out of the ordinary, one notice a connection. `isAboutProducts`: where products are sent, listings that are off are out of the
 * ordinary too.
 */
export async function showNotices(
  visit: Visit,
  judged: readonly JudgedConnection[],
  { isAboutProducts = false } = {},
): Promise<NoticeShown[]> {
  const notices = await Promise.all(
    judged.map((one) => (one.state.kind === "listings-off" && !isAboutProducts ? null : showNotice(visit, one))),
  );
  return notices.filter((one) => one !== null);
}

/** What a page loads, and beside it what is out of the ordinary in the shop. */
export async function withNotices<Data extends object>(
  visit: Visit,
  load: (visit: Visit) => Promise<Data>,
): Promise<Data & { notices: NoticeShown[] }> {
  const [data, notices] = await Promise.all([
    load(visit),
    judgeShop(visit).then((judged) => showNotices(visit, judged)),
  ]);
  return { ...data, notices };
}

type Words = Pick<NoticeShown, "tone" | "title" | "lines"> & { action?: NoticeAction; secondary?: NoticeAction };

/** Null: everything is on. */
export async function showNotice(visit: Visit, judged: JudgedConnection): Promise<NoticeShown | null> {
  const words = await sayNotice(visit, judged);
  const { id: connectionId } = judged.connection;
  return words && { connectionId, kind: judged.state.kind, action: null, secondary: null, ...words };
}

async function sayNotice(visit: Visit, { connection, state }: JudgedConnection): Promise<Words | null> {
  const { id: connectionId, name } = connection;
  const press = (label: string, intent: string, more: Record<string, string> = {}): NoticeAction => ({
    label,
    form: { intent, connectionId, ...more },
  });
  switch (state.kind) {
    case "not-connected":
    case "on":
      return null;
    case "disconnected":
      return {
        tone: state.why === "revoked" ? "critical" : "warning",
        title: sayDisconnected(visit, connection, state.since),
        lines: [t(`home.notice.disconnected.${state.why}`), ...(await sayOpenOrders(visit, connectionId, state.why))],
        action: press(t("settings.former.action"), "connect"),
      };
    case "ending":
      return {
        tone: "warning",
        title: t("home.notice.ending.title", { name }),
        lines: [t("settings.ending.text")],
        action: press(t("settings.ending.keep"), "keep-connected"),
        secondary: press(t("settings.ending.now"), "disconnect", { listings: "leave" }),
      };
    case "paused":
      return {
        tone: "warning",
        title: t("home.notice.paused.title", { name, at: moment(visit, state.since) }),
        lines: [await sayWaiting(visit, connectionId), t("home.notice.paused.text")],
        action: press(t("settings.paused.action"), "resume-all"),
      };
    case "stopped":
      return {
        tone: "warning",
        title: t("home.notice.stopped.title", { name, at: moment(visit, state.since) }),
        lines: [t("home.notice.stopped.text")],
        action: { label: t("home.notice.stopped.action"), url: "/app/settings" },
      };
    case "listings-off":
      return sayListingsOff(visit, connection, press);
  }
}

const moment = ({ shop }: Visit, at: Date) => formatMoment(at, shop.timezone);

const sayDisconnected = (visit: Visit, { name }: ConnectionView, since: Date | null) =>
  since
    ? t("home.notice.disconnected.title", { name, at: moment(visit, since) })
    : t("home.notice.disconnected.titleUntimed", { name });

/** Orders that somebody has to finish by hand, or that wait for the connection. */
async function sayOpenOrders(visit: Visit, connectionId: string, why: "revoked" | "ended"): Promise<string[]> {
  const { services, shop } = visit;
  const { toShip, notHome, shipBy } = await services.orders.openOrders({ shopId: shop.id, connectionId });
  return [
    ...(toShip > 0 ? [t(`home.notice.disconnected.toShip.${why}`, { count: toShip })] : []),
    ...(notHome > 0 ? [t("home.notice.disconnected.notHome", { count: notHome })] : []),
    ...(shipBy && toShip + notHome > 0 ? [t("home.notice.disconnected.shipBy", { at: moment(visit, shipBy) })] : []),
  ];
}

/** "1 order and 3 stock changes wait." */
async function sayWaiting({ services, shop }: Visit, connectionId: string): Promise<string> {
  const [{ notHome, untold }, backlog] = await Promise.all([
    services.orders.openOrders({ shopId: shop.id, connectionId }),
    services.activity.backlog([connectionId]),
  ]);
  const due = (lane: string) => backlog.find((one) => one.lane === lane)?.due ?? 0;
  const counts = {
    ...{ orders: notHome, tracking: untold },
    ...{ stock: due("stock"), prices: due("price"), products: due("listings") },
  };
  const parts = (Object.keys(counts) as (keyof typeof counts)[])
    .filter((what) => counts[what] > 0)
    .map((what) => t(`home.notice.waits.${what}`, { count: counts[what] }));
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return t("home.notice.waits.none");
  return t("home.notice.waits.sentence", { count: total, what: new Intl.ListFormat("en").format(parts) });
}

/** Where nothing was ever turned on the way leads over Home; where listings were turned off it is one button. */
async function sayListingsOff(
  visit: Visit,
  { id: connectionId, armedAt }: ConnectionView,
  press: (label: string, intent: string, more?: Record<string, string>) => NoticeAction,
): Promise<Words> {
  const { services, shop } = visit;
  const trial = await services.catalog.trial({ shopId: shop.id, connectionId });
  const turnOn = (label: string) => press(label, "arm", { flows: "listings" });
  const say = (what: "queued" | "off" | "try" | "none", count: number, action?: NoticeAction): Words => ({
    tone: "info",
    title: t(`home.notice.listingsOff.${what}.title`, { count }),
    lines: [t(`home.notice.listingsOff.${what}.text`, { count })],
    ...(action ? { action } : {}),
  });
  if (trial.queued > 0)
    return say("queued", trial.queued, turnOn(t("home.guide.try.queuedAction", { count: trial.queued })));
  if (armedAt || shop.guideDismissedAt) return say("off", 0, turnOn(t("home.notice.listingsOff.off.action")));
  if (trial.sendable === 0) return say("none", 0);
  const few = Math.min(trial.wanted, trial.sendable);
  return say("try", few, { label: t("home.notice.listingsOff.try.action", { count: few }), url: "/app" });
}
