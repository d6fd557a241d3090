// Small helps of the order page; the forms work without them.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const field = button?.form?.elements[button.dataset.fill];
  if (!field) return;
  field.value = `1Z999AA1${String(Math.floor(Math.random() * 1e10)).padStart(10, "0")}`;
  button.form.setAttribute("data-dirty", "");
  field.focus();
});
