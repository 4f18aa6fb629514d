// The letters of a notice as the present medium has them: whether this page is one for a board, and in points the size of its
// headline and of its smallest other text.
() => {
  const POINT = 96 / 72;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = { size: Infinity, text: "" };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const style = getComputedStyle(holder);
    const forEars = holder.closest(".unseen") !== null || style.clipPath.startsWith("inset(50%");
    if (!node.data.trim() || forEars || !holder.checkVisibility() || holder.closest("h1, script, style")) continue;
    const size = parseFloat(style.fontSize) / POINT;
    if (size < smallest.size) smallest = { size, text: [...node.data.trim()].slice(0, 40).join("") };
  }
  const headlines = [...document.querySelectorAll("h1")].map((h1) => parseFloat(getComputedStyle(h1).fontSize) / POINT);
  return { board: document.body.classList.contains("notice"), smallest, headline: Math.min(...headlines) };
}
