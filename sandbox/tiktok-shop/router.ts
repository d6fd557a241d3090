import { tikTokShopOperations } from "../contract/tiktok-shop/index.ts";
import type { OperationContract } from "../contract/tiktok-shop/shape.ts";

/** Where a request belongs: an operation with the ids of its path, or why it belongs to none. */
export type Destination =
  | { kind: "operation"; contract: OperationContract; ids: Record<string, string> }
  | { kind: "refused"; code: number; message: string; status: number };

interface Entry {
  contract: OperationContract;
  pattern: RegExp;
  names: string[];
  /** The same path with any version. */
  anyVersion: RegExp;
}

const entries: Entry[] = tikTokShopOperations.map((contract) => {
  const names = [...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const source = contract.path.replace(/\{\w+\}/g, "([^/]+)");
  return {
    contract,
    names,
    pattern: new RegExp(`^${source}$`),
    anyVersion: new RegExp(`^${source.replace(/\/\d{6}\//, "/\\d{6}/")}$`),
  };
});

// fixed paths before those with ids: /products/search is no product
entries.sort((a, b) => a.names.length - b.names.length);

const areas = new Set(tikTokShopOperations.map((operation) => operation.path.split("/")[1] ?? ""));

/** Whether a path is the business gateway's or the token host's at all. */
export function isGatewayPath(path: string): boolean {
  if (path.startsWith("/api/v2/token/")) return true;
  const [, area = "", version = ""] = path.split("/");
  return areas.has(area) && /^\d{6}$/.test(version);
}

/** Finds the operation of a method and path; unknown paths, methods and versions have codes of their own. */
export function findDestination(method: string, path: string): Destination {
  let isKnownPath = false;
  for (const { contract, pattern, names } of entries) {
    const match = pattern.exec(path);
    if (!match) continue;
    isKnownPath = true;
    if (contract.method !== method) continue;
    const ids = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]));
    return { kind: "operation", contract, ids };
  }
  if (isKnownPath) return { kind: "refused", code: 36009010, message: "the method is not allowed", status: 405 };
  const isOtherVersion = entries.some(
    ({ contract, anyVersion }) => contract.method === method && anyVersion.test(path),
  );
  return isOtherVersion
    ? { kind: "refused", code: 36009014, message: "the version is unknown or retired", status: 400 }
    : { kind: "refused", code: 36009009, message: "the path is unknown", status: 404 };
}
