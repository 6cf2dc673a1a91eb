// Draws the API's own document. Nothing is stored, and nothing is asked of another host.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const paint = () => root.classList.toggle("dark-mode", root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
system.addEventListener("change", paint);
paint();

// Swagger UI leaves some controls without a name, and has a structure of its own.
const name = () => {
  const named = { ".servers select": "Server", ".operation-filter-input": "Filter by purpose", ".body-param__text": "Request body" };
  for (const [where, text] of Object.entries(named)) {
    for (const control of document.querySelectorAll(where)) control.setAttribute("aria-label", text);
  }
  const regions = { ".information-container": "Introduction", ".scheme-container": "Server and credentials", ".filter": "Filter" };
  for (const [where, text] of Object.entries(regions)) {
    const part = document.querySelector(where);
    part?.setAttribute("role", "region");
    part?.setAttribute("aria-label", text);
  }
  for (const heading of document.querySelectorAll("h3.opblock-tag, .models h4")) heading.setAttribute("aria-level", "2");
  for (const select of document.querySelectorAll("select:not([aria-label]):not([id])")) select.setAttribute("aria-label", "Choice");
};

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#document",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete: () => {
    name();
    new MutationObserver(name).observe(document.getElementById("document"), { childList: true, subtree: true });
  },
});
