// Reloads the page when the output has changed, and shows why a build failed. Served by `manyi preview` only.
"use strict";
(() => {
  const known = document.currentScript.dataset;
  const style = new CSSStyleSheet();
  let error = known.error || "";
  let asked = null;
  let notice = null;

  // The last build failed: the page is the last good one, and this says so.
  function show(text) {
    notice?.remove();
    notice = null;
    if (text === "") return;
    notice = document.createElement("pre");
    notice.id = "manyi-preview";
    notice.setAttribute("role", "alert");
    notice.tabIndex = 0;
    notice.textContent = `生成失败，这一页是上一次的结果 · The build failed; this page is of the one before\n\n${text}`;
    document.body.append(notice);
  }

  // Asks what is shown; the answer comes when it is not what this page knows, or after a while.
  async function ask() {
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ output: known.output, error });
      const answer = await fetch("/.manyi/state?" + query, { signal: asked.signal, cache: "no-store" });
      const now = await answer.json();
      // A browser keeps the place on the page when the page is reloaded.
      if (now.output !== known.output || ("own" in known && now.error !== error)) return location.reload();
      if (now.error !== error) {
        error = now.error;
        show(now.text);
      }
    } catch {
      // The preview has ended, or begins anew.
      await new Promise((later) => setTimeout(later, 1000));
    }
    asked = null;
    watch();
  }

  // A page that nobody looks at holds no connection: a browser has six for all pages of a site.
  function watch() {
    if (document.hidden) asked?.abort();
    else if (asked === null) ask();
  }

  style.replaceSync(`
    #manyi-preview { position: fixed; inset: auto 0 0 0; z-index: 99; margin: 0; max-height: 50vh; overflow: auto;
      padding: .75rem 1rem; font: 15px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
      color: #fff; background: #8a1c12; }
    @media print { #manyi-preview { display: none; } }`);
  document.adoptedStyleSheets.push(style);
  document.addEventListener("visibilitychange", watch);
  watch();
})();
