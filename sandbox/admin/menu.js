// The navigation of a narrow screen.
(() => {
  const byId = (id) => document.getElementById(id);
  const open = (isOpen) => {
    byId("nav").classList.toggle("open", isOpen);
    byId("shade").hidden = !isOpen;
    byId("menu").setAttribute("aria-expanded", String(isOpen));
  };
  byId("menu").onclick = () => open(!byId("nav").classList.contains("open"));
  byId("shade").onclick = () => open(false);
  window.sandboxMenu = { close: () => open(false) };
})();
