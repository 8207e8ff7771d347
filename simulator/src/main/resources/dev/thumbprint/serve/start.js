"use strict";
const form = document.getElementById("ask");
const error = document.getElementById("error");
const page = document.getElementById("page");

/** The options that are set, without the model. */
function options() {
  const set = {};
  for (const name of ["board", "clock", "kernels", "opt", "period"]) {
    const value = form.elements[name].value.trim();
    if (value) {
      set[name] = value;
    }
  }
  return set;
}

/** What to send for the chosen model or file. */
async function question() {
  const file = form.elements.file.files[0];
  if (file && !file.name.endsWith(".json")) {
    const query = new URLSearchParams({ ...options(), model: file.name });
    return ["/page?" + query, "application/octet-stream", file];
  }
  const model = file ? JSON.parse(await file.text()) : form.elements.model.value;
  return ["/page", "application/json", JSON.stringify({ ...options(), model })];
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  error.textContent = "";
  try {
    const [url, type, body] = await question();
    const reply = await fetch(url, { method: "POST", headers: { "Content-Type": type }, body });
    if (reply.ok) {
      page.srcdoc = await reply.text();
    } else {
      error.textContent = (await reply.json()).error;
    }
  } catch (failure) {
    error.textContent = failure instanceof SyntaxError ? "The file is no JSON: " + failure.message : String(failure);
  } finally {
    button.disabled = false;
  }
});
