"use strict";
const root = document.documentElement;
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
function choose(index) {
  for (const old of document.querySelectorAll(".chosen")) old.classList.remove("chosen");
  for (const element of document.querySelectorAll(`[data-layer="${index}"]`)) element.classList.add("chosen");
  const why = document.getElementById(`why-${index}`);
  if (why) why.hidden = !why.hidden;
}
for (const element of document.querySelectorAll("[data-layer]")) {
  element.addEventListener("click", () => choose(element.dataset.layer));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(element.dataset.layer); }
  });
}
