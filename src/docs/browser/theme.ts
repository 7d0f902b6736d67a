/** Applies the reader's chosen theme before the page is painted. Without a choice, it follows the system. */
const THEME = "docs-theme";

function chosen() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

const system = matchMedia("(prefers-color-scheme: dark)");

function apply() {
  const theme = chosen() ?? (system.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  // Swagger UI's class for the dark theme.
  document.documentElement.classList.toggle("dark-mode", theme === "dark");
}

apply();
system.addEventListener("change", apply);
document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element && target.closest("#theme"))) return;
  try {
    localStorage.setItem(THEME, document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  } catch {
    return;
  }
  apply();
});
