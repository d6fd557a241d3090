type Fetch = typeof fetch;

/** A page's data, as Remix asks for it. */
const isPageData = (input: Parameters<Fetch>[0]): boolean =>
  new URL(input instanceof Request ? input.url : String(input), "http://page").pathname.endsWith(".data");

/**
 * A fetch that hands on the data of a page once all of it is there. No page sends it in parts, and a request given up because the page moves on is then
 * given up as one: Remix reports an answer that breaks off while it is read as an error.
 */
export function withWholeAnswers(fetch: Fetch): Fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    if (!isPageData(input) || answer.body === null) return answer;
    const { status, statusText, headers } = answer;
    return new Response(await answer.arrayBuffer(), { status, statusText, headers });
  };
}
