import { CallError } from "../../../platform/errors.ts";
import type { AccessSource, GrantAccess } from "../../port.ts";

/**
 * Layer: hands out access and, when the channel says it is no good, has it renewed once and sends again. The renewal itself, one
 * flight per grant, is the source's. It is asked about an ended authorisation too: that is how it learns of one.
 */
export async function withAccess<A extends GrantAccess, T>(
  source: AccessSource<A>,
  send: (access: A) => Promise<T>,
): Promise<T> {
  const access = await source.get();
  try {
    return await send(access);
  } catch (error) {
    if (!(error instanceof CallError) || error.family !== "auth") throw error;
    return await send(await source.renew(access));
  }
}
