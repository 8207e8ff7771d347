// What the pages of all reports share: data, elements, numbers, scales.
function pageData(id) { return JSON.parse(document.getElementById(id).textContent); }

/** An element with attributes and children; text is never read as HTML. */
function make(tag, attributes, ...children) {
  const svg = ['svg', 'g', 'line', 'path', 'circle', 'text', 'rect', 'title'].includes(tag);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) { element.addEventListener(name.slice(2), value); } else if (value !== null) { element.setAttribute(name, value); }
  }
  for (const child of children) { element.append(child); }
  return element;
}

/** Three significant digits, grouped from a thousand on; the same in every locale. */
function significant(value) {
  if (value === null || value === undefined) { return ''; }
  const size = Math.abs(value);
  if (size >= 1000) { return Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ','); }
  if (value === 0) { return '0'; }
  return value.toFixed(Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(size)))));
}

/** Maps values to pixels, linear or logarithmic, with ticks. */
function scale(low, high, from, to, logarithmic) {
  const log = logarithmic && low > 0;
  if (low === high) { low = log ? low / 1.1 : low - 1; high = log ? high * 1.1 : high + 1; }
  const f = log ? Math.log10 : (x) => x;
  const at = (value) => from + (f(value) - f(low)) / (f(high) - f(low)) * (to - from);
  at.ticks = log ? logTicks(low, high) : linearTicks(low, high);
  return at;
}

function linearTicks(low, high) {
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw);
  const ticks = [];
  for (let t = Math.ceil(low / step) * step; t <= high + step * 1e-9; t += step) { ticks.push(Math.abs(t) < step * 1e-9 ? 0 : t); }
  return ticks;
}

function logTicks(low, high) {
  const ticks = [];
  const wide = Math.log10(high / low) > 2.5;
  for (let p = Math.floor(Math.log10(low)); p <= Math.ceil(Math.log10(high)); p++) {
    for (const m of wide ? [1] : [1, 2, 5]) {
      const t = m * 10 ** p;
      if (t >= low * 0.999 && t <= high * 1.001) { ticks.push(t); }
    }
  }
  return ticks.length >= 2 ? ticks : linearTicks(low, high);
}
