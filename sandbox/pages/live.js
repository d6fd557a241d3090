// Keeps a page true without loading it again: asks for it each second while somebody looks and changes only the parts that differ.
// Parts are elements with data-live; children with data-key are compared one by one. What is being filled in or has the focus stays.
(() => {
  let etag = "";
  let timer;
  const shown = new WeakMap();

  const toast = (text, isError = false) => {
    const line = document.createElement("div");
    line.textContent = text;
    line.className = isError ? "error" : "";
    document.getElementById("toasts").append(line);
    setTimeout(() => line.remove(), 5000);
  };

  const sourceOf = (element) => shown.get(element) ?? element.outerHTML;
  const isInUse = (element) =>
    element.matches("[data-dirty]") || Boolean(element.querySelector("[data-dirty], details[open], dialog[open]"));

  function swap(old, fresh) {
    if (sourceOf(old) === fresh.outerHTML || isInUse(old)) return;
    const source = fresh.outerHTML;
    const focus = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(fresh);
    shown.set(fresh, source);
    if (focus) document.getElementById(focus)?.focus();
  }

  function update(old, fresh) {
    const keyed = [...fresh.children];
    const isList = (children) => children.length > 0 && children.every((child) => child.dataset.key);
    if (!isList(keyed) || !isList([...old.children])) return swap(old, fresh);
    const before = new Map([...old.children].map((child) => [child.dataset.key, child]));
    const wanted = new Set(keyed.map((child) => child.dataset.key));
    for (const [key, child] of before) if (!wanted.has(key)) child.remove();
    let at = old.firstElementChild;
    for (const child of keyed) {
      const present = before.get(child.dataset.key);
      if (present) {
        if (present !== at) old.insertBefore(present, at);
        at = present.nextElementSibling;
        swap(present, child);
      } else old.insertBefore(child, at);
    }
  }

  async function look() {
    clearTimeout(timer);
    try {
      const answer = await fetch(location.href, { headers: etag ? { "if-none-match": etag } : {} });
      if (answer.status === 200) {
        etag = answer.headers.get("etag") ?? "";
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of document.querySelectorAll("[data-live]")) {
          const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
          if (fresh) update(part, document.importNode(fresh, true));
        }
      }
    } catch {
      // the sandbox is away for a moment; the truth bar says so
    }
    if (document.visibilityState === "visible") timer = setTimeout(look, 1000);
  }

  for (const notice of document.querySelectorAll("[data-notice]")) {
    notice.hidden = true;
    toast(notice.textContent);
    const address = new URL(location.href);
    address.searchParams.delete("notice");
    history.replaceState(history.state, "", address);
  }
  addEventListener("input", (event) => event.target.closest("form")?.setAttribute("data-dirty", ""));
  if (document.querySelector("[data-live]")) {
    addEventListener("visibilitychange", look);
    timer = setTimeout(look, 1000);
  }
  window.sandboxPage = { toast, look };
})();
