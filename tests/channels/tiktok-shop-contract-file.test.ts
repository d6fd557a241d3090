import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { NEEDED_SCOPES, WELCOME_SCOPES } from "../../app/channels/tiktok-shop/consent.ts";
import { exampleAnswers } from "../../app/channels/tiktok-shop/example-answers.ts";
import { OPERATIONS } from "../../app/channels/tiktok-shop/operations.ts";
import { aChannel, anAccess, type Recorded } from "../../app/channels/tiktok-shop/testing.ts";
import { cancellationPage } from "../../app/channels/tiktok-shop/wire/cancellations.ts";
import { authorizedShops, tokenGrant } from "../../app/channels/tiktok-shop/wire/consent.ts";
import {
  packageDetail,
  shippedOrder,
  shippingDocument,
  splitAttributes,
  splitOrder,
} from "../../app/channels/tiktok-shop/wire/fulfilment.ts";
import { createdProduct, product, productPage } from "../../app/channels/tiktok-shop/wire/listings.ts";
import { order, orderPage, priceDetail } from "../../app/channels/tiktok-shop/wire/orders.ts";
import * as reference from "../../app/channels/tiktok-shop/wire/reference.ts";
import * as returns from "../../app/channels/tiktok-shop/wire/returns.ts";
import * as setup from "../../app/channels/tiktok-shop/wire/setup.ts";
import { inventory } from "../../app/channels/tiktok-shop/wire/stock.ts";
import { makeEveryCall } from "./support/every-call.ts";
import { fieldsRead, type Schema as WireSchema } from "./support/fields-read.ts";
import { type ContractOperation, openContract } from "./support/openapi.ts";

const folder = process.env.REFERENCE_DIR;
const isThere = folder !== undefined && existsSync(path.join(folder, "tiktok-shop.openapi.yaml"));
if (!isThere) {
  const why = folder === undefined ? "REFERENCE_DIR is not set" : `${folder} holds no tiktok-shop.openapi.yaml`;
  console.error(`\n\n  contract comparison NOT RUN: ${why}\n\n`);
}

const TOKEN_OPERATIONS = ["getAccessToken", "refreshAccessToken"];

/** Which fields of which answer we read; `[]` where we read none. */
const READS: Record<string, { wire: WireSchema; below?: string }> = {
  getAccessToken: { wire: tokenGrant },
  refreshAccessToken: { wire: tokenGrant },
  getAuthorizedShops: { wire: authorizedShops },
  checkListingPrerequisites: { wire: setup.prerequisites },
  getWarehouses: { wire: setup.warehouses },
  getWarehouseDeliveryOptions: { wire: setup.deliveryOptions },
  getShippingProviders: { wire: setup.shippingProviders },
  getCategories: { wire: reference.categories },
  getCategoryRules: { wire: reference.categoryRules },
  getCategoryAttributes: { wire: reference.categoryAttributes },
  recommendCategory: { wire: reference.recommendation },
  uploadProductImage: { wire: reference.uploadedPicture },
  createProduct: { wire: createdProduct },
  getProduct: { wire: product },
  searchProducts: { wire: productPage },
  searchInventory: { wire: inventory },
  getOrders: { wire: order, below: "orders" },
  searchOrders: { wire: orderPage },
  searchCancellations: { wire: cancellationPage },
  markPackageAsShipped: { wire: shippedOrder },
  getPackage: { wire: packageDetail },
  getPriceDetail: { wire: priceDetail },
  getShippingDocument: { wire: shippingDocument },
  getSplitAttributes: { wire: splitAttributes },
  splitOrder: { wire: splitOrder },
  getAftersaleEligibility: { wire: returns.eligibleSkus },
  cancelOrder: { wire: returns.cancellationBegun },
  createReturn: { wire: returns.returnBegun },
  getDecisionEligibility: { wire: returns.decisionList },
  searchReturns: { wire: returns.returnPage },
};

// A skipped suite is still collected: without the file there is nothing to open.
const contract = isThere
  ? openContract(folder)
  : { operations: new Map<string, ContractOperation>(), faults: () => [], hasField: () => false };

describe.skipIf(!isThere)("agreement with the platform's contract file", () => {
  const operationOf = (id: string): ContractOperation => {
    const found = contract.operations.get(id);
    if (!found) throw new Error(`the contract has no operation ${id}`);
    return found;
  };

  test("every operation exists with our method, version and path, and our scopes suffice", () => {
    const ours = Object.entries(OPERATIONS);
    expect(ours.length).toBeGreaterThan(20);
    for (const [id, { method, area, version, path: template, reach }] of ours) {
      const theirs = operationOf(id);
      expect([theirs.method, theirs.path], id).toEqual([method, `/${area}/${version}${template}`]);
      expect(
        theirs.parameters.some(({ name }) => name === "shop_cipher"),
        id,
      ).toBe(reach === "shop");
      expect(
        theirs.scopes.length === 0 ||
          theirs.scopes.some((scope) => ([...NEEDED_SCOPES, ...WELCOME_SCOPES] as readonly string[]).includes(scope)),
        id,
      ).toBe(true);
    }
  });

  test("every request our client can make agrees with it", async () => {
    const { channel, requests } = aChannel();
    await makeEveryCall(channel, anAccess);
    expect(new Set(requests.map(({ operation }) => operation))).toEqual(
      new Set([...Object.keys(OPERATIONS), ...TOKEN_OPERATIONS]),
    );
    expect(requests.length).toBeGreaterThan(60);
    for (const request of requests) expect(requestFaults(request), request.operation).toEqual([]);
  });

  test("a wrong request would be noticed", () => {
    const request: Recorded = {
      operation: "updateInventory",
      method: "POST",
      origin: "https://api.test",
      path: "/product/202309/products/1/inventory/update",
      query: { app_key: "k", timestamp: "1", sign: "a".repeat(64), extra: "1" },
      headers: new Headers({ "content-type": "application/json", "x-tts-access-token": "t" }),
      body: '{"skus":[{"id":"1","inventory":[{"quantity":"3"}],"price":{}}]}',
    };
    expect(requestFaults(request)).toEqual([
      "query shop_cipher: missing",
      "query extra: not in the contract",
      "$.skus[0].inventory[0].quantity: not a number",
      "$.skus[0].price: not in the contract",
    ]);
  });

  test("every example answer agrees with it", () => {
    const examples = Object.entries(exampleAnswers);
    expect(examples.map(([id]) => id).sort()).toEqual([...Object.keys(OPERATIONS), ...TOKEN_OPERATIONS].sort());
    for (const [id, data] of examples) expect(contract.faults(operationOf(id).data, data), id).toEqual([]);
  });

  test("every field we read is in it", () => {
    let fields = 0;
    for (const [id, { wire, below }] of Object.entries(READS)) {
      for (const names of fieldsRead(wire)) {
        fields += 1;
        const at = below ? [below, ...names] : names;
        expect(contract.hasField(operationOf(id).data, at), `${id}: ${at.join(".")}`).toBe(true);
      }
    }
    expect(fields).toBeGreaterThan(150);
    expect(contract.hasField(operationOf("getOrders").data, ["orders", "no_such_field"])).toBe(false);
  });

  function requestFaults(request: Recorded): string[] {
    const { parameters, body, path: template, method } = operationOf(request.operation);
    const found: string[] = [];
    if (request.method !== method) found.push(`method ${request.method}`);
    if (!new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(request.path))
      found.push(`path ${request.path}`);
    const query = parameters.filter((parameter) => parameter.in === "query");
    const isSigned = !TOKEN_OPERATIONS.includes(request.operation);
    for (const { name, required, schema } of query) {
      const value = request.query[name];
      if (value === undefined) {
        if (required) found.push(`query ${name}: missing`);
      } else found.push(...contract.faults(schema, asParameter(value, schema.type), `query ${name}`));
    }
    const known = new Set(query.map(({ name }) => name));
    found.push(
      ...Object.keys(request.query)
        .filter((name) => !known.has(name))
        .map((name) => `query ${name}: not in the contract`),
    );
    if (isSigned && !request.headers.get("x-tts-access-token")) found.push("no access token");
    if (isSigned && !(request.body instanceof FormData) && request.headers.get("content-type") !== "application/json")
      found.push("no content type");
    return [...found, ...bodyFaults(request, body)];
  }

  function bodyFaults({ body: sent }: Recorded, body: ContractOperation["body"]): string[] {
    if (sent instanceof FormData) {
      if (body?.contentType !== "multipart/form-data") return ["a form where none is taken"];
      const parts = Object.fromEntries(
        [...sent].map(([name, value]) => [name, typeof value === "string" ? value : "bytes"]),
      );
      return contract.faults(body.schema, parts);
    }
    if (sent === undefined) return body?.required ? ["no body"] : [];
    return body ? contract.faults(body.schema, JSON.parse(sent)) : ["a body where none is taken"];
  }
});

/** Query text as the type the contract gives it. */
function asParameter(value: string, type: string | undefined): unknown {
  if (type === "integer") return Number(value);
  if (type === "boolean") return value === "true";
  return type === "array" ? value.split(",") : value;
}
