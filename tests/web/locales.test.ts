import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { t, tCode } from "../../app/locales/translate.ts";

const app = path.resolve(import.meta.dirname, "../../app");
const folder = path.join(app, "locales/en");

/** Every key of the locale files; a plural message is one key. */
function keysOf(value: unknown, prefix: string): string[] {
  if (typeof value === "string" || (value !== null && typeof value === "object" && "other" in value)) return [prefix];
  return Object.entries(value as object).flatMap(([name, inner]) => keysOf(inner, `${prefix}.${name}`));
}
const files = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
const keys = files.flatMap((file) =>
  keysOf(JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")), file.replace(".json", "")),
);
const sources = (fs.readdirSync(app, { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name))
  .map((name) => ({ name, text: fs.readFileSync(path.join(app, name), "utf8") }));
const all = sources.map((source) => source.text).join("\n");

/** Keys in quotes, and keys in backticks with a changing part behind the name of a file. */
const literals = new Set([...all.matchAll(/"([a-z][\w-]*(?:\.[\w-]+)+)"/gi)].map((found) => found[1] ?? ""));
const names = files.map((file) => file.replace(".json", ""));
const patterns = [...all.matchAll(/`([a-z-]+)\.([^`\s]*\$\{[^`\s]*)`/g)]
  .filter((found) => names.includes(found[1] ?? ""))
  .map((found) => {
    const parts = `${found[1]}.${found[2]}`
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("[\\w-]+")}$`);
  });
/** A channel's own texts are named by its `explain`; its own tests compare them. */
const isOfChannel = (key: string) => key.startsWith("channel-");

test("every text is used by a page", () => {
  expect(keys.length).toBeGreaterThan(200);
  const unused = keys.filter(
    (key) => !isOfChannel(key) && !literals.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

test("every finding, problem and reason that is stored has its texts", () => {
  const codes =
    /export type FindingCode =([\s\S]*?);/
      .exec(all)?.[1]
      ?.match(/"([^"]+)"/g)
      ?.map((code) => code.slice(1, -1)) ?? [];
  const readiness =
    /export type ReadinessCode =([\s\S]*?);/
      .exec(all)?.[1]
      ?.match(/"([^"]+)"/g)
      ?.map((code) => code.slice(1, -1)) ?? [];
  const orderKinds =
    /export type OrderProblemKind =([\s\S]*?);/
      .exec(all)?.[1]
      ?.match(/"([^"]+)"/g)
      ?.map((code) => code.slice(1, -1)) ?? [];
  const kinds = [...all.matchAll(/openProblem\(tx, \{[\s\S]{0,300}?kind: (?:\w+ \? "([^"]+)" : )?"([^"]+)"/g)]
    .flatMap((found) => [found[1] ?? "", found[2] ?? ""])
    .filter(Boolean);
  expect(codes.length).toBeGreaterThan(20);
  expect(readiness.length).toBeGreaterThan(8);
  expect(orderKinds.length).toBeGreaterThan(10);
  expect(kinds.length).toBeGreaterThan(3);
  const wanted = [
    ...codes.flatMap((code) => [`findings.${code}.sentence`, `findings.${code}.nextStep`]),
    ...readiness.flatMap((code) => [`readiness.${code}.title`, `readiness.${code}.fix`]),
    ...[...orderKinds, ...kinds].flatMap((kind) => [
      `problems.${kind}.title`,
      `problems.${kind}.meaning`,
      `problems.${kind}.action`,
    ]),
    ...flows.flatMap((flow) => [`home.flows.${flow}`, `home.flows.${flow}Text`]),
  ];
  expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
  const told = new Set(keys.filter((key) => key.startsWith("problems.")).map((key) => key.split(".")[1]));
  expect([...told].filter((kind) => kind !== "unknown" && ![...orderKinds, ...kinds].includes(kind ?? ""))).toEqual([]);
});

test("every event that is recorded has its sentence, and no sentence is left without its event", () => {
  const recorded = new Set(
    [
      /\bevent: "([\w-]+\.[\w-]+)"/g,
      /\bevent: \w+ \? "([\w-]+\.[\w-]+)" : "[\w-]+\.[\w-]+"/g,
      /\bevent: \w+ \? "[\w-]+\.[\w-]+" : "([\w-]+\.[\w-]+)"/g,
      /\bconst event = \w+ \? "([\w-]+\.[\w-]+)"/g,
      /\bconst event = \w+ \? "[^"]+" : "([\w-]+\.[\w-]+)"/g,
      /\b(?:tell|recordStep)\([^;]{0,300}?"((?:listing|listings|products|defaults)\.[\w-]+)"/g,
    ].flatMap((pattern) => [...all.matchAll(pattern)].map((found) => found[1] ?? "")),
  );
  for (const verdict of ["stopped", "deleted"]) recorded.add(`listing.${verdict}`);
  const told = keys
    .filter((key) => key.startsWith("activity.events."))
    .map((key) => key.slice("activity.events.".length));
  expect([...recorded].filter((event) => !told.includes(event))).toEqual([]);
  expect(told.filter((event) => !recorded.has(event))).toEqual([]);
});

test("values are put in, numbers written the local way, plurals chosen", () => {
  expect(t("products.plan.create", { count: 1 })).toBe("1 listing would be created");
  expect(t("products.plan.create", { count: 1234 })).toBe("1,234 listings would be created");
  expect(t("products.sent", { count: 0 })).toBe("Nothing had to be sent");
  expect(t("orders.proof.line", { channel: 23, shopify: 23, at: "07:58" })).toBe(
    "TikTok 23, Shopify 23, checked 07:58",
  );
  expect(tCode("findings.of-a-newer-version.sentence", {}, "findings.unknown.sentence")).toBe(
    t("findings.unknown.sentence"),
  );
});
