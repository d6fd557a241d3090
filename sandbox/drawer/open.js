// Runs before the page is painted: what was left open is open from the start, so that nothing jumps.
(() => {
  const read = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // without storage both begin as on a first visit
    }
  };
  const { classList } = document.documentElement;
  if (read("sandbox-drawer") === "open") classList.add("drawer-open");
  // on a narrow screen the tour would lie over what it speaks of
  if ((read("sandbox-tour") ?? (innerWidth >= 1100 ? "open" : "closed")) === "open") classList.add("tour-open");
})();
