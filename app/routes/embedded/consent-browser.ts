/**
 * Why nobody can be led into connecting their channel shop to somebody else's store: whoever makes a ticket knows it, and could send its link,
 * or the channel's own consent page with the ticket as state, to a stranger. So the consent begins only by a button on our page, which names
 * the store (a press from another site's page is refused by its Origin), and ends only in the browser in which that button was pressed
 * (the cookie, which nobody else can put there).
 */

const COOKIE = "reelshelf-consent";
/** A ticket lives no longer. */
const MAX_AGE_S = 600;

/** Browsers name the page's origin with every POST; what does not, or names another, is not our page. */
export function isFromOwnPage(request: Request): boolean {
  return request.headers.get("origin") === new URL(request.url).origin;
}

/** Ties a ticket to this browser. Lax: it must come along when the channel sends the browser back. */
export function rememberBrowser(ticket: string, url: string): string {
  const secure = url.startsWith("https:") ? "; Secure" : "";
  return `${COOKIE}=${ticket}; Path=/connect; Max-Age=${MAX_AGE_S}; HttpOnly; SameSite=Lax${secure}`;
}

/** Whether this browser began the consent that comes back with this state. */
export function isSameBrowser(request: Request, state: string): boolean {
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((one) => one.trim());
  return state !== "" && cookies.includes(`${COOKIE}=${state}`);
}
