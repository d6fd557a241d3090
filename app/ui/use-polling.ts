import { useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/**
 * Reads the page's data again every so often, only while something runs and the tab is visible, one request at a time. Not while the page moves on:
 * that would break off the request for the next one and begin it anew.
 */
export function usePolling(isRunning: boolean, everyMs = 1_500): void {
  const { revalidate, state } = useRevalidator();
  const isStaying = useNavigation().state === "idle";
  useEffect(() => {
    if (!isRunning || !isStaying) return;
    const timer = setInterval(() => {
      if (!document.hidden && state === "idle") revalidate();
    }, everyMs);
    return () => clearInterval(timer);
  }, [isRunning, isStaying, everyMs, state, revalidate]);
}
