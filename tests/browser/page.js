// What the opened document holds: its ids, its links, and what is wrong with the references among its own elements.
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
  const links = elements.flatMap((e) => ["href", "src", "xlink:href"].map((name) => e.getAttribute(name))).filter((link) => link !== null);
  return { ids, wrong, links: [...new Set(links)] };
}
