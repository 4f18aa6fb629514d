// What the opened document holds: its ids, its links, and what is wrong with the references among its own elements and with
// its styles.
() => {
  const elements = [...document.querySelectorAll("*")];
  const ids = elements.filter((e) => e.id).map((e) => e.id);
  const wrong = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `the id ${id} stands twice`);
  const lists = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "headers", "for", "list", "popovertarget"];
  const own = new Set(ids);
  for (const element of elements) {
    for (const attribute of lists) {
      for (const id of (element.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)) {
        if (!own.has(id)) wrong.push(`<${element.localName} ${attribute}="${id}"> refers to no id`);
      }
    }
    for (const { name, value } of element.attributes) {
      for (const [, id] of value.matchAll(/url\(["']?#([^"')]+)/g)) {
        if (!own.has(id)) wrong.push(`<${element.localName} ${name}="${value}"> refers to no id`);
      }
    }
  }
  // The browser drops what it does not know of a style without a word. Innermost blocks, but for those of @page.
  const styles = [...document.querySelectorAll("style")].map((style) => style.textContent.replace(/\/\*[^]*?\*\//g, "")).join("\n");
  for (const [, before, declarations] of styles.matchAll(/([^{};]*)\{([^{}]*)\}/g)) {
    const selector = before.trim();
    if (selector === "" || selector.startsWith("@")) continue;
    try {
      document.querySelector(selector);
    } catch {
      wrong.push(`the browser does not know the selector ${selector}`);
    }
    for (const declaration of declarations.split(";").map((text) => text.trim()).filter(Boolean)) {
      const [property, ...value] = declaration.split(":");
      const known = property.startsWith("--") || CSS.supports(property.trim(), value.join(":").replace("!important", "").trim());
      if (!known) wrong.push(`the browser does not know \`${declaration}\` in ${selector}`);
    }
  }
  const links = elements.flatMap((e) => ["href", "src", "xlink:href"].map((name) => e.getAttribute(name))).filter((link) => link !== null);
  return { ids, wrong, links: [...new Set(links)] };
}
