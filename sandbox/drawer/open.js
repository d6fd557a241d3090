// Runs before the page is painted: a drawer that was left open is open from the start, so that nothing jumps.
try {
  if (localStorage.getItem("sandbox-drawer") === "open") document.documentElement.classList.add("drawer-open");
} catch {
  // without storage the drawer begins closed
}
