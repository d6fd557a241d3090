import { useNavigate, useSearchParams } from "@remix-run/react";

/** Forward by the cursor of the page before, backward by the browser's history. */
export function usePaging(nextCursor: string | null): { previous: (() => void) | null; next: (() => void) | null } {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const next = nextCursor
    ? () =>
        setParams(
          (before) =>
            new URLSearchParams([...[...before].filter(([name]) => name !== "cursor"), ["cursor", nextCursor]]),
        )
    : null;
  return { previous: params.get("cursor") ? () => navigate(-1) : null, next };
}
