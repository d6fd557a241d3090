// The guided tour: shows what has happened already and what comes next, as the drawer's state tells it.
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const opener = byId("tour-open");
  const steps = [...byId("tour").querySelectorAll("[data-step]")];

  for (const link of byId("tour").querySelectorAll("[data-host]"))
    link.href = `http://${link.dataset.host}.localhost:${location.port}${link.dataset.path}`;

  function open(shown) {
    root.classList.toggle("tour-open", shown);
    opener.setAttribute("aria-expanded", String(shown));
    try {
      localStorage.setItem("sandbox-tour", shown ? "open" : "closed");
    } catch {
      // without storage it is forgotten
    }
  }
  const isOpen = () => root.classList.contains("tour-open");

  addEventListener("sandbox:state", ({ detail: { tour } }) => {
    for (const step of steps) {
      const { step: name } = step.dataset;
      const isDone = tour.done.includes(name);
      step.classList.toggle("done", isDone);
      step.classList.toggle("next", tour.next === name);
      const timed = name === "buy" && tour.homeSeconds !== null ? ` home in ${tour.homeSeconds.toFixed(1)} s` : "";
      const words = isDone ? ` done${timed ? `,${timed}` : ""}` : tour.next === name ? " comes next" : "";
      const state = step.querySelector(".tour-state");
      if (state.textContent !== words) state.textContent = words;
      step.dataset.told = isDone ? timed : "";
    }
    byId("tour-end").hidden = tour.next !== null;
    const text = `Tour ${tour.done.length}/${steps.length}`;
    if (opener.textContent !== text) opener.textContent = text;
  });
  opener.onclick = () => {
    open(!isOpen());
    if (isOpen()) byId("tour-close").focus();
  };
  byId("tour-close").onclick = () => {
    open(false);
    opener.focus();
  };
  byId("tour-drawer").onclick = () => {
    if (byId("sandbox-open").getAttribute("aria-expanded") === "false") byId("sandbox-open").click();
  };
  // on a phone both do not fit: the tour steps aside for whoever works in the app
  addEventListener("blur", () => {
    const isInFrame = document.activeElement?.tagName === "IFRAME";
    if (isInFrame && isOpen() && matchMedia("(max-width: 768px)").matches) open(false);
  });
  opener.setAttribute("aria-expanded", String(isOpen()));
})();
