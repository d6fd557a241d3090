import type { useFetcher } from "@remix-run/react";

/** Posts a form made from plain values; a list becomes the field repeated. */
export function useFormSubmit(
  fetcher: Pick<ReturnType<typeof useFetcher>, "submit">,
  action: string,
): (form: Record<string, string | string[]>) => void {
  return (form) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
    fetcher.submit(body, { method: "POST", action });
  };
}
