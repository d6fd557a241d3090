import { cancellationsContract } from "./cancellations.ts";
import { categoriesContract } from "./categories.ts";
import { fulfilmentContract } from "./fulfilment.ts";
import { logisticsContract } from "./logistics.ts";
import { ordersContract } from "./orders.ts";
import { picturesContract } from "./pictures.ts";
import { productsContract } from "./products.ts";
import { returnsContract } from "./returns.ts";
import { checkShape, type OperationContract } from "./shape.ts";
import { stockContract } from "./stock.ts";
import { tokensContract } from "./tokens.ts";
import { webhookAddressesContract } from "./webhook-addresses.ts";
import { webhookBodies } from "./webhook-bodies.ts";

/** Every TikTok Shop operation the sandbox answers, in our own words. */
export const tikTokShopOperations: readonly OperationContract[] = [
  ...tokensContract,
  ...webhookAddressesContract,
  ...categoriesContract,
  ...picturesContract,
  ...productsContract,
  ...stockContract,
  ...logisticsContract,
  ...ordersContract,
  ...fulfilmentContract,
  ...cancellationsContract,
  ...returnsContract,
];

const byName = new Map(tikTokShopOperations.map((operation) => [operation.operation, operation]));
const signedQuery = {
  "app_key*": "text",
  "timestamp*": "int",
  "sign*": "text",
  access_token: "text",
  version: "text",
  shop_id: "text",
} as const;
const envelope = { "code*": "int", "message*": "text", "request_id*": "text", data: "any" } as const;

/** The contract of one operation; throws for a name nobody described. */
function getOperation(name: string): OperationContract {
  const found = byName.get(name);
  if (!found) throw new Error(`no contract for ${name}`);
  return found;
}

/** What is wrong with a request, as readable lines; `body` is the parsed JSON, undefined when none was sent. */
export function findRequestProblems(name: string, query: URLSearchParams, body: unknown): string[] {
  const operation = getOperation(name);
  const isToken = operation.path.startsWith("/api/v2/token/");
  const queryShape = { ...(isToken ? {} : signedQuery), ...operation.query };
  const problems = checkShape(queryShape, readQuery(queryShape, query), "query");
  if (operation.body !== undefined) problems.push(...checkShape(operation.body, body ?? {}, "body"));
  return problems;
}

/** What is wrong with an answer, as readable lines. A refusal (code other than 0) is checked for its envelope only. */
export function findAnswerProblems(name: string, text: string): string[] {
  const operation = getOperation(name);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return ["answer: not JSON"];
  }
  const problems = checkShape(envelope, answer, "answer");
  if (problems.length > 0) return problems;
  const { code, data } = answer as { code: number; data?: unknown };
  return code === 0 && data !== undefined ? checkShape(operation.answer, data, "answer.data") : [];
}

/** What is wrong with the body of an event, as readable lines. */
export function findEventProblems(text: string): string[] {
  const body = JSON.parse(text) as { type: number };
  const shape = webhookBodies[body.type];
  return shape ? checkShape(shape, body, `event ${body.type}`) : [`event ${body.type}: not in the contract`];
}

function readQuery(shape: Record<string, unknown>, query: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of query) {
    const word = shape[name] ?? shape[`${name}*`];
    const isNumber = typeof word === "string" && word.startsWith("int") && /^-?\d+$/.test(value);
    values[name] = isNumber ? Number(value) : value;
  }
  return values;
}
