'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const charts = new Map();
  let printing = false;

  const themes = {
    light: {
      ink: '#16222e', soft: '#55636f', line: '#dbe1e6', panel: '#ffffff', reference: '#8a969f',
      series: ['#0f6b66', '#c46a2b', '#4a5fa8', '#a53f5b', '#6f7f1f', '#7a4f9a'],
      ramp: ['#eaf3f1', '#9fcdc5', '#3d958c', '#0a4f4b'], hatched: '#e4e7e4', hatch: 'rgba(40,50,60,.22)',
    },
    dark: {
      ink: '#e7ecef', soft: '#a2b0ba', line: '#33404a', panel: '#1a2229', reference: '#7f8d97',
      series: ['#5cc4b8', '#e8a06a', '#93a7f0', '#ee8fa8', '#c3cf6b', '#c5a0e0'],
      ramp: ['#22303a', '#2a5e61', '#3f9c93', '#a9ece2'], hatched: '#2c363e', hatch: 'rgba(220,230,235,.2)',
    },
  };
  const theme = () => themes[dark.matches && !printing ? 'dark' : 'light'];
  const language = () => root.lang;
  const words = text => text[language()];

  const formats = {};
  function number(unit, value, short, digits) {
    if (value === null || value === undefined || Number.isNaN(value)) return '–';
    const key = language() + unit + (short ? 's' : '') + (digits || '');
    if (!formats[key]) formats[key] = new Intl.NumberFormat(data.locales[language()], options(unit, short, digits));
    const text = formats[key].format(value);
    return unit === 'DAYS' && !short ? text + (language() === 'fr' ? '\u00a0j' : '\u00a0d') : text;
  }
  /** For an axis: small shares need decimals, or every step would read 0 %. */
  function ticks(unit, series) {
    const most = Math.max(...series.flatMap(one => one.points.map(p => Math.abs(p[1]) || 0)));
    const digits = unit === 'SHARE' && most > 0 && most < .05 ? Math.min(4, Math.ceil(-Math.log10(most))) - 1 : 0;
    return value => number(unit, value, true, digits);
  }
  function options(unit, short, digits) {
    switch (unit) {
      case 'MONEY': return short
        ? { style: 'currency', currency: data.currency, notation: 'compact', maximumFractionDigits: 1 }
        : { style: 'currency', currency: data.currency };
      case 'SHARE': return { style: 'percent', maximumFractionDigits: short ? digits || 0 : 1 };
      case 'COEFFICIENT': return { maximumFractionDigits: 4 };
      case 'DECIMAL': return { maximumFractionDigits: 2 };
      case 'DAYS': return { maximumFractionDigits: 1 };
      default: return short ? { notation: 'compact', maximumFractionDigits: 1 } : { maximumFractionDigits: 0 };
    }
  }

  const hatch = colours => ({
    symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: colours.hatch,
  });
  const plain = { symbol: 'none' };
  const textures = [
    plain,
    { symbol: 'circle', symbolSize: .5, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], color: 'rgba(255,255,255,.35)' },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], color: 'rgba(255,255,255,.35)' },
    { symbol: 'triangle', symbolSize: .7, dashArrayX: [[9, 9], [0, 9, 9, 0]], dashArrayY: [7, 2], color: 'rgba(255,255,255,.35)' },
  ];

  function common(colours, title) {
    return {
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink, fontSize: 12 },
      aria: { enabled: true, label: title ? { description: words(title) } : undefined, decal: { show: true, decals: textures } },
      tooltip: {
        confine: true, backgroundColor: colours.panel, borderColor: colours.line,
        textStyle: { color: colours.ink, fontSize: 13 },
      },
    };
  }

  function axis(colours, spec, extra) {
    return Object.assign({
      name: words(spec.title), nameLocation: 'middle', nameGap: 32,
      nameTextStyle: { color: colours.soft, fontSize: 12 },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.soft, hideOverlap: true },
      splitLine: { lineStyle: { color: colours.line, opacity: .7 } },
    }, extra);
  }

  /** Bars whose names are long lie, so that the names can be read. */
  function lies(spec) {
    return spec.type === 'xy' && spec.categories.length > 0
      && spec.series.every(s => s.mark === 'BAR' || s.mark === 'STACKED_BAR')
      && Math.max(...spec.categories.map(c => words(c).length)) > 11 && spec.categories.length > 3;
  }

  function xy(spec, colours, width) {
    const categories = spec.categories.map(words);
    const category = categories.length > 0;
    if (lies(spec)) return sideways(spec, colours, categories, width);
    const counted = spec.series.length;
    const series = spec.series.flatMap((one, index) => marks(one, index, spec, colours));
    const long = category && Math.max(...categories.map(c => c.length)) * categories.length * 8 > width - 90;
    const room = (width - 80) / Math.max(1, categories.length);
    const crowded = Math.max(0, Math.ceil(20 / room) - 1);
    return Object.assign(common(colours, spec.title), {
      grid: { left: 4, right: 18, top: counted > 1 ? 40 : 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      legend: counted > 1
        ? { top: 0, left: 'center', type: 'scroll', itemWidth: 18, textStyle: { color: colours.ink }, data: spec.series.map(s => words(s.name)) }
        : { show: false },
      xAxis: category
        ? axis(colours, spec.x, { type: 'category', data: categories, nameGap: long ? 56 : 32, axisLabel: { color: colours.soft, rotate: long ? 40 : 0, interval: crowded } })
        : axis(colours, spec.x, { type: 'value', min: 'dataMin', max: 'dataMax', axisLabel: { color: colours.soft, hideOverlap: true, formatter: v => number(spec.x.unit, v, true) } }),
      yAxis: axis(colours, spec.y, {
        type: 'value', nameGap: 52, axisLabel: { color: colours.soft, formatter: ticks(spec.y.unit, spec.series) },
      }),
      tooltip: Object.assign(common(colours).tooltip, {
        trigger: 'axis', formatter: items => hint(items, spec, category),
      }),
      series,
    });
  }

  function sideways(spec, colours, categories, width) {
    const flip = data => data.map(d => Array.isArray(d) ? [d[1], d[0]] : Object.assign({}, d, { value: [d.value[1], d.value[0]] }));
    const series = spec.series.flatMap((one, index) => marks(one, index, spec, colours))
      .map(one => Object.assign({}, one, { data: flip(one.data) }));
    const room = Math.max(90, Math.min(220, width * .38));
    return Object.assign(common(colours, spec.title), {
      grid: { left: 4, right: 22, top: spec.series.length > 1 ? 40 : 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      legend: spec.series.length > 1
        ? { top: 0, left: 'center', type: 'scroll', itemWidth: 18, textStyle: { color: colours.ink }, data: spec.series.map(s => words(s.name)) }
        : { show: false },
      xAxis: axis(colours, spec.y, { type: 'value', nameGap: 26, splitNumber: width < 500 ? 3 : 5, axisLabel: { color: colours.soft, hideOverlap: true, formatter: ticks(spec.y.unit, spec.series) } }),
      yAxis: axis(colours, spec.x, { type: 'category', inverse: true, data: categories, name: '', axisTick: { show: false }, axisLabel: { color: colours.soft, interval: 0, width: room, overflow: 'truncate' } }),
      tooltip: Object.assign(common(colours).tooltip, {
        trigger: 'axis', axisPointer: { type: 'shadow' },
        formatter: items => hint(items.map(i => Object.assign({}, i, { value: [i.value[1], i.value[0]] })), spec, true),
      }),
      series,
    });
  }

  function hint(items, spec, category) {
    const seen = new Set();
    const lines = [];
    for (const item of items) {
      const value = Array.isArray(item.value) ? item.value[1] : item.value;
      if (value === null || value === undefined || value === '-' || seen.has(item.seriesName)) continue;
      seen.add(item.seriesName);
      lines.push(item.marker + escape(item.seriesName) + ' <b>' + number(spec.y.unit, value) + '</b>');
    }
    const first = items[0];
    const title = category ? first.name : number(spec.x.unit, first.value[0]);
    return escape(words(spec.x.title) + ': ' + title) + '<br>' + lines.join('<br>');
  }

  const escape = text => String(text).replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

  function marks(one, index, spec, colours) {
    const colour = one.reference ? colours.reference : colours.series[index % colours.series.length];
    const name = words(one.name);
    if (one.mark === 'BAR' || one.mark === 'STACKED_BAR') {
      return [{
        type: 'bar', name, stack: one.mark === 'STACKED_BAR' ? 'all' : undefined, barMaxWidth: 56, color: colour,
        itemStyle: { color: colour, decal: textures[index % textures.length] },
        data: one.points.map(p => p[2]
          ? { value: [p[0], p[1]], itemStyle: { color: colour, opacity: .55, decal: hatch(colours) } }
          : [p[0], p[1]]),
      }];
    }
    if (one.mark === 'POINTS') {
      return [{ type: 'scatter', name, color: colour, symbolSize: 8, data: one.points.map(p => [p[0], p[1]]) }];
    }
    const line = (points, dashed, filled) => ({
      type: 'line', name, color: colour, z: dashed ? 2 : 3, data: points, showSymbol: points.length <= 40 && !one.reference,
      symbol: dashed ? 'emptyCircle' : 'circle', symbolSize: 6, connectNulls: false,
      step: one.mark === 'STEP' ? 'end' : false,
      lineStyle: { width: one.reference ? 1.5 : 2.25, type: dashed || one.reference ? 'dashed' : 'solid', color: colour },
      areaStyle: filled ? { color: colour, opacity: .14, decal: plain } : undefined,
    });
    const complete = one.points.map(p => [p[0], p[2] ? null : p[1]]);
    const result = [line(complete, false, one.mark === 'AREA')];
    if (one.points.some(p => p[2])) {
      const near = (points, i) => (points[i - 1] && points[i - 1][2]) || (points[i + 1] && points[i + 1][2]);
      result.push(line(one.points.map((p, i) => [p[0], p[2] || near(one.points, i) ? p[1] : null]), true, false));
    }
    return result;
  }

  function heatmap(spec, colours, width) {
    const whole = spec.cells.filter(c => !c[3]);
    const started = whole.filter(c => c[0] > 0);
    const firstIsHundred = spec.unit === 'SHARE' && started.length > 0 && whole.every(c => c[0] > 0 || c[2] === 1);
    const values = (firstIsHundred ? started : whole).map(c => c[2]).sort((a, b) => a - b);
    const min = values.length ? values[0] : 0;
    const max = values.length ? values[values.length - 1] : 1;
    const top = spec.unit === 'SHARE' ? max : values[Math.floor((values.length - 1) * .97)] || max;
    const shade = v => (Math.min(v, top) - min) / (top - min || 1);
    const label = (v, incomplete) => {
      const darkCell = incomplete ? false : shade(v) > .5;
      const onDark = colours === themes.dark ? '#0d1418' : '#ffffff';
      return { show: true, color: darkCell ? onDark : colours.ink, formatter: () => number(spec.unit, v, spec.unit === 'MONEY'), fontSize: 11 };
    };
    const cell = c => ({ value: [c[0], c[1], Math.min(c[2], top), c[2]], label: label(c[2], c[3]) });
    const small = (width - 110) / Math.max(1, spec.columns.length) < 34;
    const series = [
      { type: 'heatmap', data: whole.map(cell), label: { show: !small }, itemStyle: { borderColor: colours.panel, borderWidth: 1, decal: plain }, emphasis: { disabled: true } },
      {
        type: 'heatmap', label: { show: !small }, emphasis: { disabled: true },
        data: spec.cells.filter(c => c[3]).map(c => Object.assign(cell(c), { itemStyle: { color: colours.hatched, decal: hatch(colours), borderColor: colours.panel, borderWidth: 1 } })),
      },
    ];
    if (small) series.forEach(s => s.data.forEach(d => { d.label = { show: false }; }));
    const tooltip = Object.assign(common(colours).tooltip, {
      formatter: item => escape(words(spec.y.title) + ': ' + words(spec.rows[item.value[1]])) + '<br>'
        + escape(words(spec.x.title) + ': ' + words(spec.columns[item.value[0]])) + '<br><b>' + number(spec.unit, item.value[3]) + '</b>'
        + (item.seriesIndex === 1 ? '<br>' + (language() === 'fr' ? 'mois incomplet' : 'month not whole') : ''),
    });
    const longest = Math.max(...spec.columns.map(c => words(c).length));
    const slanted = longest > 4 && longest * spec.columns.length * 8 > width * .62;
    const scale = { type: 'continuous', dimension: 2, hoverLink: false, calculable: false };
    return Object.assign(common(colours, spec.title), {
      tooltip,
      grid: { left: 4, right: 8, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      xAxis: axis(colours, spec.x, { type: 'category', data: spec.columns.map(words), nameGap: slanted ? 84 : 28, splitLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.soft, rotate: slanted ? 40 : 0, interval: spec.columns.length > 26 ? 'auto' : 0 } }),
      yAxis: axis(colours, spec.y, { type: 'category', inverse: true, data: spec.rows.map(words), nameGap: 72, splitLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.soft, interval: 0, width: Math.round(width * .34), overflow: 'break' } }),
      visualMap: [
        Object.assign({}, scale, {
          seriesIndex: 0, min, max: top > min ? top : min + 1, orient: 'horizontal', right: 8, top: 0, itemWidth: 12, itemHeight: 110,
          text: [(top < max ? '≥ ' : '') + number(spec.unit, top, spec.unit === 'MONEY'), number(spec.unit, min, spec.unit === 'MONEY')],
          textStyle: { color: colours.soft }, inRange: { color: colours.ramp },
        }),
        Object.assign({}, scale, { seriesIndex: 1, show: false, min, max: top > min ? top : min + 1, inRange: { color: [colours.hatched, colours.hatched] } }),
      ],
      series,
    });
  }

  function sankey(spec, colours, width) {
    const room = Math.min(200, Math.round(width * .32));
    const names = spec.nodes.map((n, i) => i + '|' + words(n));
    const strip = name => name.replace(/^\d+\|/, '');
    return Object.assign(common(colours, spec.title), {
      tooltip: Object.assign(common(colours).tooltip, {
        formatter: item => item.dataType === 'edge'
          ? escape(strip(item.data.source) + ' → ' + strip(item.data.target)) + '<br><b>' + number(spec.unit, item.value) + '</b>'
          : escape(strip(item.name)) + '<br><b>' + number(spec.unit, item.value) + '</b>',
      }),
      series: [{
        type: 'sankey', left: 8, right: room + 12, top: 12, bottom: 12, emphasis: { focus: 'adjacency' }, nodeGap: 12,
        label: { color: colours.ink, width: room, overflow: 'break', formatter: item => strip(item.name) },
        lineStyle: { color: 'source', opacity: .35 },
        data: names.map((name, i) => ({ name, itemStyle: { color: colours.series[i % colours.series.length] } })),
        links: spec.links.map(l => ({ source: names[l[0]], target: names[l[1]], value: l[2] })),
      }],
    });
  }

  const builders = { xy, heatmap, sankey };

  function draw() {
    const colours = theme();
    for (const [id, spec] of Object.entries(data.plots)) {
      const element = document.getElementById(id);
      let chart = charts.get(id);
      if (lies(spec)) {
        element.style.height = (spec.categories.length * (18 + 10 * spec.series.length) + 90) + 'px';
        if (chart) chart.resize();
      }
      if (spec.type === 'heatmap' && spec.unit === 'MONEY') element.style.setProperty('--cell', '62px');
      if (!chart) {
        chart = echarts.init(element, null, { renderer: 'svg' });
        charts.set(id, chart);
      }
      chart.setOption(builders[spec.type](spec, colours, element.clientWidth), true);
    }
  }

  function speak(code) {
    root.lang = code;
    document.title = root.dataset[code === 'fr' ? 'titleFr' : 'titleEn'] + ' – Assidu';
    document.querySelectorAll('a[href]').forEach(link => {
      const page = link.getAttribute('href').split('?')[0];
      if (page.endsWith('.html')) link.setAttribute('href', page + '?lang=' + code);
    });
    document.querySelectorAll('[data-language]').forEach(button =>
      button.setAttribute('aria-pressed', String(button.dataset.language === code)));
  }

  document.querySelectorAll('[data-language]').forEach(button =>
    button.addEventListener('click', () => { speak(button.dataset.language); draw(); }));

  document.querySelectorAll('table.data th button').forEach(button => button.addEventListener('click', () => {
    const heading = button.parentElement;
    const table = heading.closest('table');
    const index = heading.cellIndex;
    const up = heading.getAttribute('aria-sort') !== 'ascending';
    table.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
    heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const shown = cell => (cell.querySelector('.' + language()) || cell).textContent;
    const compare = (a, b) => {
      const left = a.cells[index];
      const right = b.cells[index];
      if ('sort' in left.dataset) {
        const unknown = (left.dataset.sort === '') - (right.dataset.sort === '');
        return unknown || (up ? 1 : -1) * (Number(left.dataset.sort) - Number(right.dataset.sort));
      }
      return (up ? 1 : -1) * shown(left).localeCompare(shown(right), language());
    };
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
  }));

  let pending = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      // On paper a chart's height follows its width: measured anew it would shrink to nothing.
      if (printing || matchMedia('print').matches) return;
      charts.forEach(chart => chart.resize());
      draw();
    });
  }).observe(document.querySelector('main'));
  dark.addEventListener('change', draw);
  const print = on => {
    printing = on;
    draw();
    charts.forEach(chart => {
      const svg = chart.getDom().querySelector('svg');
      if (svg && on) svg.setAttribute('viewBox', '0 0 ' + chart.getWidth() + ' ' + chart.getHeight());
      else if (svg) svg.removeAttribute('viewBox');
    });
  };
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));

  const asked = new URLSearchParams(location.search).get('lang');
  speak(asked === 'en' || asked === 'fr' ? asked : language());
  draw();
})();
