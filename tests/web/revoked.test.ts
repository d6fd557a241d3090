import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { CallError } from "../../app/platform/errors.ts";
import { aMovableClock, aWorld, until, type World } from "./support.ts";

let world: World;
const clock = aMovableClock();
const DAY_MS = 24 * 3_600_000;

beforeAll(async () => {
  world = await aWorld({ clock });
});
afterAll(() => world.close());

test("a revoked consent parks the connection with one problem, keeps what is due, sends nothing more, and carries on after a new consent", async () => {
  const { services, db } = world;
  const shop = await world.install();
  expect(await world.connect(shop.id)).toMatchObject({ outcome: "connected" });
  const { id: connectionId } = await db.connection.findFirstOrThrow();
  const grant = await db.grant.findFirstOrThrow();
  const scope = `connection:${connectionId}` as const;
  await world.drain("housekeeping", scope);
  expect(
    await services.shops.arm({ shopId: shop.id, connectionId, flows: [...flows], actor: { kind: "staff", id: "1" } }),
  ).toMatchObject({ outcome: "armed" });
  for (const lane of ["orders", "stock", "listings"]) expect(await services.shops.gate(lane, scope)).toBe(true);

  await world.door("tiktok/revoke");
  const access = services.shops.forShop(connectionId);
  await expect(services.channel("tiktok-shop").setup.warehouses(access)).rejects.toMatchObject({
    family: "auth",
  } satisfies Partial<CallError>);

  expect((await services.shops.getConnection(shop.id, connectionId))?.status).toBe("parked");
  const problems = await services.activity.listOpenProblems({ shopId: shop.id });
  expect(problems.filter((one) => one.kind === "grant-ended")).toHaveLength(1);

  // found out again and again: still one problem
  await expect(access.get()).rejects.toBeInstanceOf(CallError);
  await services.shops.parkGrant({ grantId: grant.id, reason: "revoked" });
  expect(
    (await services.activity.listOpenProblems({ shopId: shop.id })).filter((one) => one.kind === "grant-ended"),
  ).toHaveLength(1);

  // work arrives meanwhile: it stays due and nothing is sent
  await services.engine.change((tx) =>
    services.engine.want(tx, [
      { lane: "orders", scope, subject: "576461413038785777" },
      { lane: "housekeeping", scope, subject: "readiness" },
    ]),
  );
  const calls = (await world.calls()).length;
  for (const lane of ["orders", "housekeeping", "stock"]) {
    expect(await services.shops.gate(lane, scope)).toBe(false);
    if (services.works.some((work) => work.lane === lane)) await world.drain(lane, scope);
  }
  await world.drain("tokens", `grant:${grant.id}`);
  expect((await world.calls()).length).toBe(calls);
  const due = await db.dueRow.findMany({ where: { scope, subject: { in: ["576461413038785777", "readiness"] } } });
  expect(due.map((row) => row.wantedVersion > row.doneVersion && row.waitsFor === null)).toEqual([true, true]);

  expect(await world.connect(shop.id)).toMatchObject({ outcome: "connected" });
  expect(await services.shops.getConnection(shop.id, connectionId)).toMatchObject({
    status: "active",
    armedFlows: [...flows],
  });
  expect(await services.activity.listOpenProblems({ shopId: shop.id })).toEqual([]);
  expect(await services.shops.gate("orders", scope)).toBe(true);
  await world.drain("housekeeping", scope);
  const row = await db.dueRow.findFirstOrThrow({ where: { scope, lane: "housekeeping", subject: "readiness" } });
  expect(row.doneVersion).toBe(row.wantedVersion);
  expect((await world.calls()).length).toBeGreaterThan(calls);
});

test("of many callers with an old token one renews and all get the new one", async () => {
  const { services, db } = world;
  const grant = await db.grant.findFirstOrThrow();
  await db.grant.update({ where: { id: grant.id }, data: { accessExpiresAt: clock.now() } });
  const before = (await world.calls("refreshAccessToken")).length;
  const tokens = await Promise.all(Array.from({ length: 20 }, () => services.shops.forGrant(grant.id).get()));
  expect(new Set(tokens.map((one) => one.accessToken)).size).toBe(1);
  expect(
    await until("the call to be logged", async () => (await world.calls("refreshAccessToken")).length - before || null),
  ).toBe(1);
});

test("a stale token is answered with the stored one, without a call", async () => {
  const { services, db } = world;
  const grant = await db.grant.findFirstOrThrow();
  const good = await services.shops.forGrant(grant.id).get();
  const before = (await world.calls("refreshAccessToken")).length;
  expect((await services.shops.forGrant(grant.id).renew({ ...good, accessToken: "older" })).accessToken).toBe(
    good.accessToken,
  );
  expect((await world.calls("refreshAccessToken")).length).toBe(before);
});

test("warns 30, 7 and 1 days before the consent ends, each once, and parks at its end", async () => {
  const { services, db } = world;
  const { id } = await db.grant.findFirstOrThrow();
  const shop = await db.shop.findFirstOrThrow();
  clock.stop();
  const tend = async (leftMs: number) => {
    await db.grant.update({
      where: { id },
      data: {
        refreshExpiresAt: new Date(clock.now().getTime() + leftMs),
        accessExpiresAt: new Date(clock.now().getTime() + 3 * DAY_MS),
      },
    });
    await services.engine.change((tx) => services.shops.wantGrantLook(tx, id));
    await world.drain("tokens", `grant:${id}`);
    return (await services.activity.listOpenProblems({ shopId: shop.id })).map((one) => `${one.kind} ${one.severity}`);
  };
  expect(await tend(30 * DAY_MS + 60_000)).toEqual([]);
  expect(await tend(30 * DAY_MS)).toEqual(["grant-ending info"]);
  expect(await tend(7 * DAY_MS)).toEqual(["grant-ending needs-you"]);
  expect(await tend(DAY_MS)).toEqual(["grant-ending urgent"]);
  expect(await tend(200 * DAY_MS)).toEqual([]);
  expect(await tend(0)).toEqual(["grant-ended urgent"]);
  clock.go();
  expect(await db.grant.findUnique({ where: { id } })).toMatchObject({ status: "needs-consent" });
});
