// Marks what must not be cut between two sheets, so that the structure of the PDF tells on which sheets each of it stands: a
// role and a label change no layout. Gives the marked elements as messages name them, which of them must be whole, and which
// must share a sheet with the beginning of which.
() => {
  const short = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    const letters = [...plain];
    return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : plain;
  };
  const marked = new Map();
  const mark = (element) => {
    if (!marked.has(element)) {
      marked.set(element, marked.size);
      element.setAttribute("role", "figure");
      element.removeAttribute("aria-hidden");
      element.removeAttribute("aria-labelledby");
      element.setAttribute("aria-label", `keep-${marked.get(element)}.`);
    }
    return marked.get(element);
  };
  const whole = [];
  const pairs = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg") !== null && element.localName !== "svg") continue;
    if (!element.checkVisibility() || element.closest("thead")) continue;
    const keeps = ["tr", "figure", "svg"].includes(element.localName) || element.classList.contains("signature")
      || getComputedStyle(element).breakInside.startsWith("avoid");
    // What holds a table goes on where the table does; its rows and drawings are kept.
    // A row that is taller than half a sheet cannot always be kept on one.
    const fits = element.localName !== "tr" || element.getBoundingClientRect().height < 500;
    if (keeps && fits && !element.querySelector("tr")) whole.push(mark(element));
    if (/^(h[1-6]|figcaption|caption)$/.test(element.localName) && element.nextElementSibling?.checkVisibility()) {
      pairs.push([mark(element), mark(element.nextElementSibling)]);
    }
  }
  const names = [...marked.keys()].map((e) => `<${e.localName}> 「${short(e.textContent)}」`);
  return { names, whole, pairs };
}
