import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { withWholeAnswers } from "./ui/whole-answers.ts";

/** A frame that nobody sees is given no picture to wait for. */
const NO_PICTURE_MS = 250;

let isBegun = false;
/** Brings the page to life. */
function hydrate(): void {
  if (isBegun) return;
  isBegun = true;
  window.fetch = withWholeAnswers(window.fetch.bind(window));
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });
}

// What the server drew is shown first: bringing it to life takes longer than showing it.
requestAnimationFrame(() => setTimeout(hydrate));
setTimeout(hydrate, NO_PICTURE_MS);
