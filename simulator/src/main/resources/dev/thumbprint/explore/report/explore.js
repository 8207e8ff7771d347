const data = pageData('exploration');
const measures = data.measures;
const state = { boards: new Set(data.boards), kernels: new Set(data.kernels), limited: false, frontOnly: false, sort: null, down: false, chosen: null };
const $ = (id) => document.getElementById(id);
const KIND = ['front', 'unclear', 'other', 'limited'];
const ROWS_MAX = 300;
// From so many on, designs of the front and near it hide each other: they are drawn smaller and fainter.
const CROWD = 60;

/** A figure beside an axis: from a million on with a letter, so that it has room. */
function brief(value) {
  for (const [size, letter] of [[1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M']]) {
    if (Math.abs(value) >= size) { return Number((value / size).toPrecision(3)) + ' ' + letter; }
  }
  return significant(value);
}

function whole(count) { return count < 1000 ? String(count) : significant(count); }

/** A plot as wide as the page leaves room for, so that its text keeps its size on a narrow screen. */
function plotSize(id) { return [Math.max(300, Math.min(900, $(id).clientWidth || 620)), 440]; }

function figure(point, m) { return point.v[m]; }
function visible() {
  return data.points.filter((p) => state.boards.has(data.boards[p.b]) && state.kernels.has(data.kernels[p.k])
    && (state.limited || p.kind < 3) && (!state.frontOnly || p.kind < 2));
}

function header() {
  $('title').textContent = data.title || 'Exploration';
  $('counts').textContent = data.summary;
  for (const line of data.limits) { $('limits').append(make('li', {}, line)); }
  data.stability.forEach((line, i) => $('stability').append(...(i ? [make('br'), line] : [line])));
  $('tool').textContent = data.tool;
}

function filters() {
  const row = (name, values, set) => {
    const line = make('div', { class: 'row' }, make('span', { class: 'name' }, name));
    if (values.length > 4) {
      const all = (on) => make('button', { 'data-all': name + (on ? '-all' : '-none'), onclick: () => {
        line.querySelectorAll('input').forEach((box, i) => { box.checked = on; if (on) { set.add(values[i]); } else { set.delete(values[i]); } });
        draw(); } }, on ? 'all' : 'none');
      line.append(all(true), ' ', all(false), ' ');
    }
    for (const value of values) {
      const box = make('input', { type: 'checkbox', 'data-filter': value, onchange: () => { if (box.checked) { set.add(value); } else { set.delete(value); } draw(); } });
      box.checked = true;
      line.append(make('label', {}, box, ' ' + value));
    }
    $('filters').append(line);
  };
  row('boards', data.boards, state.boards);
  row('kernels', data.kernels, state.kernels);
  const toggle = (name, key, id) => {
    const box = make('input', { type: 'checkbox', id, onchange: () => { state[key] = box.checked; draw(); } });
    return make('label', {}, box, ' ' + name);
  };
  $('filters').append(make('div', { class: 'row' }, make('span', { class: 'name' }, 'show'),
    toggle('front and not separable only', 'frontOnly', 'frontonly'), toggle('designs that break a limit', 'limited', 'limited')));
}

function axes() {
  measures.forEach((measure, m) => {
    if (data.points.some((p) => figure(p, m) !== null)) {
      $('x').append(make('option', { value: m }, measure.title));
      $('y').append(make('option', { value: m }, measure.title));
    }
  });
  $('x').value = data.objectives[0];
  $('y').value = data.objectives[1] === undefined ? data.objectives[0] : data.objectives[1];
  for (const id of ['x', 'y', 'log', 'bars']) { $(id).addEventListener('change', draw); }
}

function range(points, m, bars) {
  let low = Infinity;
  let high = -Infinity;
  for (const p of points) {
    if (figure(p, m) === null) { continue; }
    const wide = bars && p.kind < 2;
    low = Math.min(low, wide ? p.lo[m] : p.v[m]);
    high = Math.max(high, wide ? p.hi[m] : p.v[m]);
  }
  return [low, high];
}

function scatter(points) {
  const [mx, my] = [Number($('x').value), Number($('y').value)];
  const [W, H] = plotSize('scatter');
  const B = 40;
  const svg = make('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img' });
  const drawn = points.filter((p) => figure(p, mx) !== null && figure(p, my) !== null);
  $('scatter').replaceChildren(svg);
  if (!drawn.length) { svg.append(make('text', { x: W / 2 - 50, y: H / 2 }, 'nothing to show')); return; }
  const bars = $('bars').checked;
  const near = drawn.filter((p) => p.kind < 2);
  $('scatter').className = near.length > CROWD ? 'crowd' : '';
  const pad = (r) => $('log').checked && r[0] > 0 ? [r[0] / 1.05, r[1] * 1.05] : [r[0] - (r[1] - r[0]) * .04, r[1] + (r[1] - r[0]) * .04];
  const sy = scale(...pad(range(drawn, my, bars)), H - B, 10, $('log').checked);
  const L = 28 + 6.5 * Math.max(...sy.ticks.map((t) => brief(t).length));
  const sx = scale(...pad(range(drawn, mx, bars)), L, W - 12, $('log').checked);
  let clear = -Infinity;
  for (const t of sx.ticks) {
    svg.append(make('line', { class: 'grid', x1: sx(t), x2: sx(t), y1: 10, y2: H - B }));
    const half = 3.5 * brief(t).length;
    if (sx(t) - half < clear || sx(t) + half > W) { continue; }
    svg.append(make('text', { x: sx(t), y: H - B + 15, 'text-anchor': 'middle' }, brief(t)));
    clear = sx(t) + half + 4;
  }
  for (const t of sy.ticks) {
    svg.append(make('line', { class: 'grid', x1: L, x2: W - 12, y1: sy(t), y2: sy(t) }));
    svg.append(make('text', { x: L - 6, y: sy(t) + 4, 'text-anchor': 'end' }, brief(t)));
  }
  svg.append(make('text', { x: (L + W) / 2, y: H - 6, 'text-anchor': 'middle' }, measures[mx].title));
  svg.append(make('text', { x: 12, y: H / 2, 'text-anchor': 'middle', transform: `rotate(-90 12 ${H / 2})` }, measures[my].title));
  if (bars) {
    for (const p of near) {
      const kind = p.kind === 0 ? 'bar isfront' : 'bar';
      svg.append(make('line', { class: kind, x1: sx(p.lo[mx]), x2: sx(p.hi[mx]), y1: sy(p.v[my]), y2: sy(p.v[my]) }));
      svg.append(make('line', { class: kind, x1: sx(p.v[mx]), x2: sx(p.v[mx]), y1: sy(p.lo[my]), y2: sy(p.hi[my]) }));
    }
  }
  const front = drawn.filter((p) => p.kind === 0).sort((a, b) => a.v[mx] - b.v[mx]);
  if (data.objectives.length === 2 && data.objectives.includes(mx) && data.objectives.includes(my)) {
    svg.append(make('path', { class: 'frontline', d: front.map((p, i) => (i ? 'L' : 'M') + sx(p.v[mx]) + ' ' + sy(p.v[my])).join(' ') }));
  }
  for (const p of drawn.slice().sort((a, b) => b.kind - a.kind)) {
    const dot = make('circle', { class: `dot ${KIND[p.kind]}${p.id === state.chosen ? ' chosen' : ''}`, 'data-point': p.id,
      cx: sx(p.v[mx]), cy: sy(p.v[my]), r: p.kind === 0 ? 5.5 : p.kind > 1 ? 3 : near.length > CROWD ? 3.5 : 5.5, onclick: () => choose(p.id) });
    dot.append(make('title', {}, `${p.id}: ${name(p)}, ${data.boards[p.b]}, ${p.s}`));
    svg.append(dot);
  }
}

function name(p) { const n = data.networks[p.n]; return (n.name + ' ' + n.parameters.replaceAll(';', ' ')).trim(); }

function parallel(points) {
  const shown = measures.map((_, m) => m).filter((m) => { const r = range(points, m, false); return r[0] < r[1]; });
  const [W, H] = plotSize('parallel');
  const [top, bottom] = [60, 32];
  const svg = make('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img' });
  $('parallel').replaceChildren(svg);
  $('parallel').className = points.filter((p) => p.kind < 2).length > CROWD ? 'crowd' : '';
  if (shown.length < 2) { svg.append(make('text', { x: 200, y: 200 }, 'all shown designs are alike')); return; }
  const x = (i) => 36 + i * (W - 72) / (shown.length - 1);
  const scales = shown.map((m) => scale(...range(points, m, false), H - bottom, top, true));
  for (const p of points.slice().sort((a, b) => b.kind - a.kind)) {
    let d = '';
    let pen = 'M';
    shown.forEach((m, i) => { if (figure(p, m) === null) { pen = 'M'; } else { d += `${pen}${x(i).toFixed(1)} ${scales[i](p.v[m]).toFixed(1)}`; pen = 'L'; } });
    const kind = p.kind === 0 ? ' isfront' : p.kind === 1 ? ' isunclear' : '';
    svg.append(make('path', { class: `curve${kind}${p.id === state.chosen ? ' chosen' : ''}`, d, 'data-curve': p.id, onclick: () => choose(p.id) }));
  }
  shown.forEach((m, i) => {
    svg.append(make('line', { class: 'grid', x1: x(i), x2: x(i), y1: top, y2: H - bottom }));
    svg.append(make('text', { x: x(i), y: i % 2 ? 26 : 12, 'text-anchor': 'middle' }, measures[m].short));
    const down = (i % 2) * 13;
    const r = range(points, m, false);
    svg.append(make('text', { x: x(i), y: top - 18 + down, 'text-anchor': 'middle' }, brief(r[1])));
    svg.append(make('text', { x: x(i), y: H - 17 + down, 'text-anchor': 'middle' }, brief(r[0])));
  });
}

function table(points) {
  const columns = [['', (p) => KIND[p.kind].replace('unclear', 'not separable').replace('other', 'dominated').replace('limited', 'breaks a limit'), false],
    ['point', (p) => p.id, true], ['network', name, false], ['board', (p) => data.boards[p.b], false]];
  if (points.some((p) => p.s)) { columns.push(['setting', (p) => p.s, false]); }
  measures.forEach((measure, m) => { if (points.some((p) => figure(p, m) !== null)) { columns.push([measure.title, (p) => figure(p, m), true]); } });
  columns.push(['stays on front %', (p) => p.stays, true]);
  const sorted = points.slice();
  if (state.sort !== null) {
    const get = columns[state.sort][1];
    const key = (p) => { const value = get(p); return value === null ? Infinity : value; };
    sorted.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (state.down ? -1 : 1));
  }
  const head = make('tr', {});
  columns.forEach(([title, , number], c) => head.append(make('th', { class: number ? 'n' : null, onclick: () => {
    state.down = state.sort === c && !state.down; state.sort = c; draw(); } }, title + (state.sort === c ? (state.down ? ' \u2193' : ' \u2191') : ''))));
  const rows = sorted.slice(0, ROWS_MAX).map((p) => {
    const row = make('tr', { 'data-row': p.id, class: p.id === state.chosen ? 'chosen' : null, onclick: () => choose(p.id) });
    for (const [title, get, number] of columns) {
      const value = get(p);
      row.append(make('td', { class: number ? 'n' : null }, number && title !== 'point' ? significant(value) : String(value)));
    }
    return row;
  });
  $('table').replaceChildren(head, ...rows);
  $('shown').textContent = `${whole(rows.length)} of ${whole(points.length)} rows here; ${data.embedded}`;
}

function choose(id) {
  state.chosen = id;
  const p = data.points.find((one) => one.id === id);
  $('detail').hidden = false;
  $('chosen').textContent = `Design ${p.id}: ${name(p)} on ${data.boards[p.b]}`;
  const unit = (m) => `${measures[m].title} ${significant(p.v[m])}` + (p.lo[m] < p.hi[m] ? ` (${significant(p.lo[m])} .. ${significant(p.hi[m])})` : '');
  $('setting').textContent = [p.s, ...measures.map((_, m) => m).filter((m) => p.v[m] !== null).map(unit)].filter((t) => t).join(' \u00b7 ');
  $('command').textContent = p.cmd;
  const head = make('tr', {}, ...[['#', 1], ['operator', 0], ['output', 0], ['MACs', 1], ['kernel path', 0], ['cycles', 1], ['ms', 1], ['uJ', 1], ['share %', 1]]
    .map(([title, number]) => make('th', { class: number ? 'n' : null }, title)));
  const layers = data.networks[p.n].layers;
  const total = p.cycles.reduce((a, b) => a + (b || 0), 0);
  const rows = layers.map((layer, i) => make('tr', {}, ...[[i, 1], [layer[0], 0], [layer[1], 0], [layer[2] ? significant(layer[2]) : '', 1],
    [data.paths[p.paths[i]], 0], [significant(p.cycles[i]), 1], [significant(p.ms[i]), 1], [significant(p.uj[i]), 1],
    [p.cycles[i] === null ? '' : (100 * p.cycles[i] / total).toFixed(1), 1]].map(([text, number]) => make('td', { class: number ? 'n' : null }, String(text)))));
  $('layers').replaceChildren(head, ...rows);
  draw();
}

function draw() {
  const points = visible();
  scatter(points);
  parallel(points);
  table(points);
}

$('copy').addEventListener('click', () => {
  const text = $('command').textContent;
  if (navigator.clipboard) { navigator.clipboard.writeText(text); }
  const selection = getSelection();
  selection.selectAllChildren($('command'));
});
addEventListener('resize', draw);
header();
filters();
axes();
draw();
