/** One app registration: a market group has its own keys and its own consent page. */
export interface TikTokShopApp {
  /** Our name of the market group, e.g. "US". Grants remember it. */
  market: string;
  appKey: string;
  /** The first signs, all verify: a secret is rotated by putting the new one in front. */
  appSecrets: readonly string[];
  serviceId: string;
  /** Where sellers consent; the market's own page when left out. */
  consentUrl?: string;
}

/** The registration of a market group. Throws when there is none: a setting is missing. */
export function findApp(apps: readonly TikTokShopApp[], market: string): TikTokShopApp {
  const app = apps.find((candidate) => candidate.market === market);
  if (!app) throw new RangeError(`no TikTok Shop app is registered for the market ${market}`);
  return app;
}

/** The secret that signs. */
export function signingSecret(app: TikTokShopApp): string {
  const [secret] = app.appSecrets;
  if (!secret) throw new RangeError(`the TikTok Shop app of ${app.market} has no secret`);
  return secret;
}
