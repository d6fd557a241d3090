// The drawer and the truth bar: ask the sandbox each second while somebody looks, show what it says, pass on what is pressed.
(() => {
  const root = document.getElementById("sandbox");
  const byId = (id) => document.getElementById(id);
  const all = (selector) => [...root.querySelectorAll(selector)];
  const { store } = root.dataset;
  const ASKED_MS = 5_000;
  const isOpen = () => document.documentElement.classList.contains("drawer-open");
  let epoch;
  let timer;
  let busy = false;
  let phaseBefore;

  const setText = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const say = (text, isError = false) => {
    const line = byId("sandbox-said");
    line.className = isError ? "error" : "";
    setText(line, text);
  };
  const count = (number) => number.toLocaleString("en-US");

  function open(shown) {
    document.documentElement.classList.toggle("drawer-open", shown);
    byId("sandbox-open").setAttribute("aria-expanded", String(shown));
    try {
      localStorage.setItem("sandbox-drawer", shown ? "open" : "closed");
    } catch {
      // without storage it is forgotten
    }
    byId(shown ? "sandbox-close" : "sandbox-open").focus();
  }

  function showFigure(name, text, light) {
    const box = root.querySelector(`[data-figure="${name}"]`);
    box.dataset.light = light ?? "";
    setText(box.querySelector("dd"), text);
  }

  function showTruth({ owned, sold, oversold, orders, doubled, calls }, why) {
    showFigure("owned", count(owned));
    showFigure("sold", count(sold));
    showFigure("oversold", count(oversold.units), oversold.light);
    showFigure(
      "orders",
      `${count(orders.channel)} ${orders.channel === orders.shopify ? "=" : "≠"} ${count(orders.shopify)}`,
      orders.light,
    );
    showFigure("doubled", count(doubled.orders), doubled.light);
    showFigure("calls", count(calls));
    const worst = [oversold.light, orders.light, doubled.light];
    byId("truth").dataset.light = worst.includes("red") ? "red" : worst.includes("amber") ? "amber" : orders.light;
    setText(byId("truth-why"), why);
  }

  function choose(name, value) {
    for (const input of all(`[data-choice="${name}"]`))
      if (document.activeElement !== input) input.checked = input.value === value;
    for (const line of all(`[data-says="${name}"]`)) line.hidden = line.dataset.value !== value;
  }

  function turn(name, fixed, isOn) {
    root.querySelector(`[data-toggle="${name}"][data-fixed="${fixed}"]`).setAttribute("aria-checked", String(isOn));
  }

  function show(state) {
    dispatchEvent(new CustomEvent("sandbox:state", { detail: state }));
    showTruth(state.truth, state.why);
    setText(byId("sandbox-speed"), `Time runs ${state.speed} times as fast · limits: ${state.profile}`);
    turn("steady", "", state.steady.on);
    for (const [name, isOn] of Object.entries(state.webhooks)) turn("webhooks", name, isOn);
    choose("audits", state.audits);
    choose("channel", state.channel);
    if (state.steady.on && state.steady.word) say(state.steady.word, true);
    const { spike, held, waitingForAudit, stand } = state;
    if (spike)
      setText(
        byId("sandbox-spike"),
        `${spike.title}: ${spike.asked} of ${spike.of} came, ${spike.bought} bought, ${spike.soldOut} found it sold out.`,
      );
    setText(
      byId("sandbox-held"),
      held > 0
        ? `${count(held)} ${held === 1 ? "order waits" : "orders wait"} in case the buyer changes their mind.`
        : "No order is on hold now.",
    );
    setText(
      byId("sandbox-waiting"),
      waitingForAudit > 0
        ? `${count(waitingForAudit)} ${waitingForAudit === 1 ? "listing waits" : "listings wait"} for an audit.`
        : "No listing waits for an audit now.",
    );
    setText(
      byId("sandbox-consents"),
      state.consents > 0
        ? "The seller ends the consent; the app may not call the channel any more."
        : "No shop is connected now.",
    );
    showFilling(state.filling);
    showStand(stand, state.standRefusal);
    if (epoch && epoch !== state.epoch && stand?.phase !== "resetting") location.href = root.dataset.home;
    else if (!epoch || stand?.phase !== "resetting") epoch = state.epoch;
    byId("sandbox-veil").hidden = stand?.phase !== "resetting";
  }

  /** A line above the truth bar while the busy store is being filled, and when that went wrong. */
  function showFilling(filling) {
    const isShown = filling !== null && filling.state !== "done";
    byId("filling").hidden = !isShown;
    document.documentElement.classList.toggle("is-filling", isShown);
    if (!isShown) return;
    const failed = filling.state === "failed";
    byId("filling").dataset.state = filling.state;
    setText(
      byId("filling-words"),
      failed
        ? `The busy shop could not be filled: ${filling.problem ?? filling.step}`
        : `Busy shop, ${Math.floor(filling.share * 100)} %: ${filling.step}`,
    );
    byId("filling-bar").hidden = failed;
    byId("filling-bar").value = filling.share;
  }

  function showStand(stand, refusal) {
    const kill = root.querySelector('[data-act="kill-worker"]');
    const reset = root.querySelector('[data-act="reset"]');
    kill.disabled = Boolean(refusal) || stand?.phase !== "running";
    reset.disabled = Boolean(refusal ?? stand?.resetRefused) || stand?.phase !== "running";
    const back = stand?.lastBackSeconds == null ? "" : ` Last time it took ${stand.lastBackSeconds} s.`;
    const took = stand?.lastResetSeconds == null ? "" : ` Last time it took ${stand.lastResetSeconds} s.`;
    const worker =
      stand?.phase === "worker-starting"
        ? "The worker is starting again…"
        : `Ends the app’s worker in the middle of its work; it is back within 5 s.${back}`;
    setText(byId("sandbox-worker"), refusal ?? worker);
    setText(
      byId("sandbox-reset"),
      refusal ??
        stand?.resetRefused ??
        `Everything as it was when the app was just installed. The busy shop is filled anew.${took}`,
    );
    if (phaseBefore === "worker-starting" && stand?.phase === "running" && !stand.problem)
      say(`The worker is back after ${stand.lastBackSeconds} s.`);
    phaseBefore = stand?.phase;
    if (stand?.problem) say(stand.problem, true);
  }

  async function look() {
    clearTimeout(timer);
    if (!busy) {
      busy = true;
      try {
        show(await (await fetch(`/__sandbox/drawer${store ? `?store=${store}` : ""}`)).json());
      } catch {
        byId("truth").dataset.light = "";
        setText(byId("truth-why"), "the sandbox does not answer");
      }
      busy = false;
    }
    if (document.visibilityState === "visible") timer = setTimeout(look, 1000);
  }

  async function act(name, body) {
    try {
      const answer = await fetch(`/__sandbox/drawer/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...body, ...(store ? { store } : {}) }),
      });
      const told = await answer.json();
      say(answer.ok ? told.done : told.error, !answer.ok);
    } catch {
      say("The sandbox does not answer. Is it still running?", true);
    }
    await look();
  }

  /** What fields beside a button add to what it asks for. */
  const added = (name) => Object.fromEntries(all(`[data-adds="${name}"]`).map((field) => [field.name, field.value]));
  for (const button of all("[data-act]"))
    button.onclick = () => {
      if (isAsking(button))
        act(button.dataset.act, { ...JSON.parse(button.dataset.body), ...added(button.dataset.act) });
    };
  /** What cannot be undone is pressed twice: the first press asks, for a few seconds. True: go on. */
  function isAsking(button) {
    const label = button.querySelector("[data-ask]");
    if (!label || label.dataset.label) return true;
    const { ask } = label.dataset;
    label.dataset.label = label.textContent;
    label.textContent = ask;
    setTimeout(() => {
      label.textContent = label.dataset.label;
      delete label.dataset.label;
    }, ASKED_MS);
    return false;
  }

  for (const button of all("[data-toggle]"))
    button.onclick = () =>
      act(button.dataset.toggle, { name: button.dataset.fixed, on: button.getAttribute("aria-checked") !== "true" });
  for (const input of all("[data-choice]")) input.onchange = () => act(input.dataset.choice, { mode: input.value });
  byId("sandbox-open").onclick = () => open(!isOpen());
  byId("sandbox-close").onclick = () => open(false);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && root.contains(document.activeElement)) open(false);
  });
  addEventListener("visibilitychange", look);
  byId("sandbox-open").setAttribute("aria-expanded", String(isOpen()));
  look();
})();
