import { z } from "zod";
import { count, id, list, text } from "./fields.ts";

/** TikTok Shop fact: despite their names both `*_expire_in` values are absolute Unix seconds. */
const expiry = z
  .union([z.number(), z.string()])
  .transform((seconds) => new Date(Number(seconds) * 1000))
  .refine((date) => date.getTime() > 0, "no time");

export const tokenGrant = z.object({
  access_token: id,
  access_token_expire_in: expiry,
  refresh_token: id,
  refresh_token_expire_in: expiry,
  open_id: text,
  seller_name: text,
  seller_base_region: text,
  user_type: count,
  granted_scopes: list(id),
});
export type TokenGrant = z.infer<typeof tokenGrant>;

export const authorizedShops = z.object({
  shops: list(z.object({ id, cipher: id, name: text, region: text, seller_type: text })),
});
