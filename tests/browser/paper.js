// The paper of this page as its own @page rules have it: the width in pixels that is left between the margins.
() => {
  const MILLIMETRE = 96 / 25.4;
  const rules = (sheet) => [...sheet.cssRules].flatMap((rule) => {
    if (rule instanceof CSSPageRule) return [rule];
    const applies = rule instanceof CSSMediaRule && (matchMedia(rule.media.mediaText).matches || /print/.test(rule.media.mediaText));
    return applies ? rules(rule) : [];
  });
  const named = getComputedStyle(document.body).page;
  const pixels = (length) => {
    const number = parseFloat(length);
    const unit = /[a-z]+$/.exec(length)?.[0] ?? "px";
    const units = { px: 1, mm: MILLIMETRE, cm: 10 * MILLIMETRE, in: 96, pt: 96 / 72 };
    if (!(unit in units) || Number.isNaN(number)) throw new Error(`margin of @page: ${length} is in no known unit`);
    return number * units[unit];
  };
  let [left, right, size] = ["0px", "0px", "A4"];
  for (const rule of [...document.styleSheets].flatMap(rules)) {
    if (rule.selectorText !== "" && rule.selectorText !== named) continue;
    left = rule.style.marginLeft || left;
    right = rule.style.marginRight || right;
    size = rule.style.size || size;
  }
  const whole = /landscape/i.test(size) ? 297 : 210;
  return { size, width: Math.round(whole * MILLIMETRE - pixels(left) - pixels(right)) };
}
