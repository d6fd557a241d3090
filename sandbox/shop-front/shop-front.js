// Buy opens over the feed instead of leading away from it; without this script the links and forms work as plain pages.
(() => {
  const sheet = document.getElementById("sheet");

  async function open(address) {
    const answer = await fetch(`${address}?sheet`);
    if (!answer.ok) return window.sandboxPage.toast("This is not on sale any more.", true);
    sheet.innerHTML = await answer.text();
    sheet.showModal();
  }

  async function buy(form) {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) {
      sheet.close();
      window.sandboxPage.toast("Bought. You find it under My orders.");
      return window.sandboxPage.look();
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("form.sheet") ?? page.querySelector(".problem");
    if (told) sheet.replaceChildren(document.importNode(told, true));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sheet]");
    const close = event.target.closest("[data-close]");
    if (event.target === sheet) sheet.close();
    if (close && sheet.contains(close)) {
      event.preventDefault();
      sheet.close();
    }
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(link.getAttribute("href"));
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    buy(event.target);
  });
})();
