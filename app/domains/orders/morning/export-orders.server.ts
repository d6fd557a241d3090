import type { Prisma } from "../../../platform/db.server.ts";
import { formatDecimal } from "../../../platform/money.ts";
import type { OrdersDeps } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { csvLine } from "./csv.ts";
import { estimatePayout, type Payout } from "./estimate-payout.ts";
import { GIVES_BACK, givenBack } from "./given-back.ts";

/** Read so many orders at a time: a year of orders must not lie in memory. */
const AT_ONCE = 500;

export interface ExportInput {
  shopId: string;
  /** Bought from, and before. Chosen orders instead: `ids`. */
  from?: Date;
  before?: Date;
  ids?: string[];
  by: "order" | "line";
  /** In the order of the columns; as many as there are. */
  headings: readonly string[];
  /** How a time, and a state, is written. */
  at(moment: Date): string;
  status(code: string): string;
  /** By connection: the fee's rate, and whether the channel remits the tax. */
  terms(connectionId: string): { feeBasisPoints: number | null; channelRemitsTax: boolean };
}

const WITH = {
  lines: { orderBy: { channelLineId: "asc" } },
  cancellations: true,
  returns: true,
} satisfies Prisma.ChannelOrderInclude;
type Row = Prisma.ChannelOrderGetPayload<{ include: typeof WITH }>;

/**
 * A CSV file for the bookkeeper, piece by piece: one line per order, or per kind of unit bought at one price. Oldest first. Amounts are
 * decimal text in the order's currency.
 */
export async function* exportOrders({ db }: Pick<OrdersDeps, "db">, input: ExportInput): AsyncGenerator<string> {
  // the mark by which spreadsheets know UTF-8
  yield `\uFEFF${csvLine(input.headings)}`;
  const { shopId, from, before, ids } = input;
  const inRange = {
    ...(from || before ? { createdAt: { ...(from ? { gte: from } : {}), ...(before ? { lt: before } : {}) } } : {}),
    ...(ids ? { id: { in: ids } } : {}),
  };
  let last: Row | undefined;
  do {
    const rows: Row[] = await db.channelOrder.findMany({
      where: {
        AND: [
          { shopId, ...inRange },
          last
            ? { OR: [{ createdAt: { gt: last.createdAt } }, { createdAt: last.createdAt, id: { gt: last.id } }] }
            : {},
        ],
      },
      include: WITH,
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: AT_ONCE,
    });
    if (rows.length > 0)
      yield rows.map((row) => (input.by === "order" ? orderLine(row, input) : unitLines(row, input))).join("");
    last = rows.length === AT_ONCE ? rows.at(-1) : undefined;
  } while (last);
}

const headOf = (row: Row, { at, status }: ExportInput): (string | null)[] => [
  at(row.createdAt),
  row.paidAt ? at(row.paidAt) : null,
  row.channelOrderId,
  row.shopifyOrderName ?? row.linkedOrderName,
  status(row.status),
  row.kind,
  row.currency,
];

function orderLine(row: Row, input: ExportInput): string {
  const { money } = factsFromJson(row.facts);
  const amount = (minor: bigint | null) => (minor === null ? null : formatDecimal(minor, row.currency));
  const back = givenBack({ ...row, taxMinor: money.taxMinor });
  const payout: Payout =
    row.status === "cancelled" || row.status === "unpaid"
      ? { feeMinor: null, youGetMinor: null }
      : estimatePayout({ ...row, money, back, ...input.terms(row.connectionId) });
  const buyerFees = money.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n);
  return csvLine([
    ...headOf(row, input),
    ...[money.originalProductMinor, -money.sellerDiscountMinor, -money.platformDiscountMinor].map(amount),
    ...[money.shippingMinor, money.taxMinor, buyerFees, row.buyerPaidMinor, row.platformPaidMinor].map(amount),
    ...[-back.buyerMinor, -back.platformMinor, -back.taxMinor].map(amount),
    ...[payout.feeMinor, payout.youGetMinor].map(amount),
  ]);
}

function unitLines(row: Row, input: ExportInput): string {
  const isBack = (one: { status: string }) => GIVES_BACK.includes(one.status);
  const cancelled = new Set([
    ...row.lines.filter((line) => line.status === "cancelled").map((line) => line.channelLineId),
    ...row.cancellations.filter(isBack).flatMap((one) => one.channelLineIds),
  ]);
  const goods = row.returns.filter((one) => isBack(one) && one.kind === "return" && !one.isKept);
  const returned = new Set(goods.flatMap((one) => one.channelLineIds));
  const groups = Map.groupBy(row.lines, (line) =>
    [line.channelSkuId, line.priceMinor, line.sellerDiscountMinor, line.platformDiscountMinor, line.isGift].join(" "),
  );
  return [...groups.values()]
    .flatMap((units) => {
      const [first] = units;
      if (!first) return [];
      const count = BigInt(units.length);
      const amount = (minor: bigint) => formatDecimal(minor, row.currency);
      const tax = units.reduce((sum, unit) => sum + unit.taxMinor, 0n);
      const total = first.priceMinor * count;
      return csvLine([
        ...headOf(row, input),
        ...[first.title, first.sellerSku, String(units.length), amount(first.priceMinor)],
        ...[-first.sellerDiscountMinor * count, -first.platformDiscountMinor * count, tax, total].map(amount),
        ...[cancelled, returned].map((gone) => String(units.filter((unit) => gone.has(unit.channelLineId)).length)),
      ]);
    })
    .join("");
}
