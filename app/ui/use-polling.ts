import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** Reads the page's data again every so often, only while something runs and the tab is visible, one request at a time. */
export function usePolling(isRunning: boolean, everyMs = 1_500): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => {
      if (!document.hidden && state === "idle") revalidate();
    }, everyMs);
    return () => clearInterval(timer);
  }, [isRunning, everyMs, state, revalidate]);
}
