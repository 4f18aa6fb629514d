// What of a page's text overlaps, leaves its chart or the screen, or is cut, measured from the boxes as rendered.
// `at` is { name, width, paper }: the name for messages, the width in pixels, whether this is print.
// Gives a list of sentences.
(at) => {
  // Rounding of the renderer; for the whole numbers of scrollWidth and its like, one pixel.
  const SLACK = 0.5;
  const WHOLE = 1;
  // Smallest size of text in a chart on a screen.
  const SMALLEST = 11;
  const found = [];
  // What stands folded is read as well.
  if (!at.paper) document.querySelectorAll("details").forEach((folded) => (folded.open = true));

  const short = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    const letters = [...plain];
    return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : plain;
  };
  const name = (element) => {
    const parts = [];
    for (let e = element; e && e !== document.documentElement; e = e.parentElement) {
      const classes = [...e.classList].map((c) => `.${c}`).join("");
      parts.unshift(e.id ? `${e.localName}#${e.id}` : e.localName + classes);
      if (e.id) break;
    }
    return parts.slice(-4).join(" > ");
  };
  const say = (box) =>
    `(${box.left.toFixed(1)}, ${box.top.toFixed(1)})–(${box.right.toFixed(1)}, ${box.bottom.toFixed(1)})`;

  // Who sees nothing of it: display none, hidden, folded, or only for ears.
  const seen = new Map();
  const visible = (element) => {
    if (!seen.has(element)) {
      const style = getComputedStyle(element);
      const forEars = style.clipPath.startsWith("inset(50%") || style.clip === "rect(0px, 0px, 0px, 0px)";
      const all = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true };
      const above = element.parentElement;
      seen.set(element, !forEars && element.checkVisibility(all) && (!above || visible(above)));
    }
    return seen.get(element);
  };

  // What of the plane shows through the boxes around an element that do not let their content out.
  const windows = new Map();
  const windowOf = (element) => {
    if (!element || element === document.documentElement) {
      return { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };
    }
    if (!windows.has(element)) {
      const { left, top, right, bottom } = windowOf(element.parentElement);
      const own = { left, top, right, bottom };
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const clips = element !== document.body && !element.closest("svg");
      if (clips && style.overflowX !== "visible") {
        own.left = Math.max(left, box.left);
        own.right = Math.min(right, box.right);
      }
      if (clips && style.overflowY !== "visible") {
        own.top = Math.max(top, box.top);
        own.bottom = Math.min(bottom, box.bottom);
      }
      windows.set(element, own);
    }
    return windows.get(element);
  };

  // Line boxes are taller than what is printed in them; the ink of a text, as parts of its font size above and below the
  // baseline, and the parts of the line box.
  const pen = document.createElement("canvas").getContext("2d");
  const inks = new Map();
  const inkOf = (text, style) => {
    pen.font = `${style.fontStyle} ${style.fontWeight} 100px ${style.fontFamily}`;
    const key = pen.font + text;
    if (!inks.has(key)) {
      const m = pen.measureText(text);
      inks.set(key, {
        up: m.actualBoundingBoxAscent / 100,
        down: m.actualBoundingBoxDescent / 100,
        ascent: m.fontBoundingBoxAscent / 100,
        height: (m.fontBoundingBoxAscent + m.fontBoundingBoxDescent) / 100,
      });
    }
    return inks.get(key);
  };

  // Every visible piece of text, a line of it each.
  const block = (element) => {
    const display = getComputedStyle(element).display;
    return display.startsWith("inline") && display !== "inline-block" || display === "contents"
      ? block(element.parentElement)
      : element;
  };
  const pieces = [];
  const smallest = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const text = node.data;
    if (!text.trim() || holder.closest("script, style, title, desc, defs, noscript") || !visible(holder)) continue;
    const style = getComputedStyle(holder);
    const chart = holder.closest("svg");
    const ink = inkOf(text, style);
    let size = parseFloat(style.fontSize);
    let upright = true;
    if (chart) {
      const matrix = holder.getScreenCTM();
      size *= Math.hypot(matrix.a, matrix.b);
      upright = Math.abs(matrix.b) < 1e-6 && Math.abs(matrix.c) < 1e-6;
      if (!at.paper && size < SMALLEST - 0.05 && !(smallest.get(chart)?.size <= size)) {
        smallest.set(chart, { holder, text, size });
      }
    }
    const window = windowOf(holder);
    const around = chart ? null : block(holder);
    const inside = around?.getBoundingClientRect();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.width < SLACK || line.height < SLACK) continue;
      let box = { left: line.left, right: line.right, top: line.top, bottom: line.bottom };
      if (upright) {
        const baseline = line.top + (line.height * ink.ascent) / ink.height;
        box.top = baseline - ink.up * size;
        box.bottom = baseline + ink.down * size;
      }
      if (around && (line.left < inside.left - WHOLE || line.right > inside.right + WHOLE)) {
        found.push(`${name(around)}: 「${short(text)}」 ${say(box)} sticks out of its box ${say(inside)}`);
      }
      if (chart) {
        const frame = chart.getBoundingClientRect();
        const leaves = ["left", "top"].some((side) => box[side] < frame[side] - SLACK)
          || ["right", "bottom"].some((side) => box[side] > frame[side] + SLACK);
        if (leaves) found.push(`${name(holder)}: 「${short(text)}」 ${say(box)} leaves its chart ${say(frame)}`);
      }
      box = {
        left: Math.max(box.left, window.left),
        right: Math.min(box.right, window.right),
        top: Math.max(box.top, window.top),
        bottom: Math.min(box.bottom, window.bottom),
      };
      if (box.right - box.left < SLACK || box.bottom - box.top < SLACK) continue;
      if (box.left < -SLACK || box.right > at.width + SLACK) {
        found.push(`${name(holder)}: 「${short(text)}」 ${say(box)} leaves the ${at.paper ? "paper" : "screen"}`);
      }
      pieces.push({ node, holder, text: short(text), box });
    }
  }

  for (const { holder, text, size } of smallest.values()) {
    found.push(`${name(holder)}: 「${short(text)}」 is ${size.toFixed(1)} px, smaller than ${SMALLEST} px`);
  }

  // Two texts in one place. A text that stands twice in exactly the same place is its own halo.
  pieces.sort((a, b) => a.box.top - b.box.top);
  const told = new Set();
  pieces.forEach((upper, place) => {
    for (let next = place + 1; next < pieces.length && pieces[next].box.top < upper.box.bottom - SLACK; next++) {
      const lower = pieces[next];
      const [a, b] = [upper.box, lower.box];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (upper.node === lower.node || wide <= SLACK || high <= SLACK) continue;
      const halo = upper.text === lower.text
        && ["left", "top", "right", "bottom"].every((side) => Math.abs(a[side] - b[side]) <= SLACK);
      const key = `${upper.text}\n${lower.text}`;
      if (halo || told.has(key)) continue;
      told.add(key);
      found.push(`${name(upper.holder)}: 「${upper.text}」 ${say(a)} overlaps 「${lower.text}」 ${say(b)} of ${name(lower.holder)}`);
    }
  });

  // Boxes that do not let their content out and do not hold it. Of boxes in each other the innermost is told.
  const scrolls = (style, axis) => ["auto", "scroll"].includes(style[`overflow${axis}`]);
  const declared = (e) =>
    e.tabIndex === 0 && ["region", "group"].includes(e.getAttribute("role")) && (e.ariaLabel || e.hasAttribute("aria-labelledby"));
  const fits = (element) => {
    let inside = true;
    for (const child of element.children) {
      if (child.localName !== "svg") inside = fits(child) && inside;
    }
    if (!inside || element.clientWidth <= 1 || !visible(element)) return inside;
    const style = getComputedStyle(element);
    const over = element.scrollWidth - element.clientWidth;
    const below = element.scrollHeight - element.clientHeight;
    const marked = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
    const size = `${element.scrollWidth} px of content in ${element.clientWidth} px`;
    const tell = (what) => found.push(`${name(element)}: 「${short(element.innerText ?? "")}」 ${what}`);
    if (over > WHOLE && scrolls(style, "X")) {
      if (at.paper) tell(`is cut on paper, where nothing scrolls: ${size}`);
      else if (!declared(element)) tell(`scrolls sideways and is no labelled region or group in the order of tabs: ${size}`);
      return at.paper ? false : true;
    }
    if (over > WHOLE && !marked && ["hidden", "clip"].includes(style.overflowX)) {
      tell(`is cut: ${size}`);
      return false;
    }
    if (below > WHOLE && !marked && ["hidden", "clip"].includes(style.overflowY)) {
      tell(`is cut below: ${element.scrollHeight} px of content in ${element.clientHeight} px`);
      return false;
    }
    return true;
  };
  [...document.body.children].forEach(fits);

  for (const chart of document.querySelectorAll("svg")) {
    const box = chart.getBoundingClientRect();
    if (!visible(chart) || box.width === 0) continue;
    if (box.left < -SLACK || box.right > Math.min(at.width, windowOf(chart).right) + SLACK) {
      found.push(`${name(chart)}: the chart ${say(box)} leaves ${at.width} px`);
    }
  }
  const needed = document.documentElement.scrollWidth;
  if (needed > at.width) found.push(`the page scrolls sideways: it needs ${needed} px`);
  return found.map((sentence) => `${at.name}: ${sentence}`);
}
