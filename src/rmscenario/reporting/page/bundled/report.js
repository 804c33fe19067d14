// Shows the report's figures, switches its language, and filters its schedule. The figures themselves are data.
"use strict";
(() => {
  const content = JSON.parse(document.getElementById("content").textContent);
  const PRINTED = 636; // px: between the margins of A4, inside a figure
  const charts = new Map();

  // Texts are final: the library's places in braces would be filled otherwise.
  const literal = (part) => {
    if (Array.isArray(part)) part.forEach(literal);
    else if (part && typeof part === "object") {
      for (const [key, value] of Object.entries(part)) {
        if (key === "formatter" && typeof value === "string") part[key] = () => value;
        else literal(value);
      }
    }
    return part;
  };

  const numbers = (option, lang) => {
    const format = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      if (axis.type === "value") axis.axisLabel.formatter = (value) => format.format(value);
    }
  };

  // Lines beside the pointer are text, never markup.
  const bubble = (lines) => {
    const box = document.createElement("div");
    box.className = "bubble";
    lines.forEach((line, number) => {
      const part = document.createElement(number ? "div" : "strong");
      part.textContent = line;
      box.append(part);
    });
    return box;
  };

  const said = (figure) => (given) => {
    const points = [given].flat();
    const lines = figure.said[points[0].dataIndex];
    if (lines) return bubble(lines);
    return bubble([points[0].name, ...points.filter((p) => p.value).map((p) => `${p.seriesName}: ${p.value}`)]);
  };

  const mount = (place) => {
    if (charts.has(place) || place.closest("[hidden]") || place.closest("details:not([open])")) return;
    const lang = place.closest(".report").lang;
    const figure = content[lang].figures[place.dataset.figure];
    const option = structuredClone(figure.option);
    literal(option);
    numbers(option.baseOption, lang);
    option.baseOption.tooltip.formatter = said(figure);
    const chart = echarts.init(place, null, { renderer: "svg" });
    charts.set(place, chart);
    chart.setOption(option);
    new ResizeObserver(() => place.offsetWidth && chart.resize()).observe(place);
    const filters = place.parentElement.querySelector(".filters");
    if (filters) narrow(filters);
  };

  const mountAll = () => document.querySelectorAll(".chart").forEach(mount);

  // The rows that are chosen stay in the table, and are counted anew in the chart.
  const narrow = (filters) => {
    const place = filters.parentElement.querySelector(".chart");
    const lang = place.closest(".report").lang;
    const figure = content[lang].figures[place.dataset.figure];
    const chosen = [...filters.querySelectorAll("select")].filter((select) => select.value);
    const rows = [...filters.parentElement.querySelectorAll("tbody tr")];
    const counts = figure.tracks.map(() => figure.years.map(() => 0));
    for (const row of rows) {
      row.hidden = !chosen.every((select) => row.dataset[select.dataset.filter] === select.value);
      if (!row.hidden) counts[figure.tracks.indexOf(row.dataset.track)][figure.years.indexOf(+row.dataset.year)] += 1;
    }
    const format = new Intl.NumberFormat(lang);
    const shown = rows.filter((row) => !row.hidden).length;
    const status = filters.querySelector(".count");
    status.textContent = status.dataset.text.replace("[shown]", format.format(shown)).replace("[all]", format.format(rows.length));
    charts.get(place)?.setOption({ series: counts.map((data) => ({ data: data.map((count) => count || null) })) });
  };

  const speak = (lang, focus) => {
    document.documentElement.lang = lang;
    document.title = content[lang].title;
    document.querySelectorAll(".report").forEach((report) => (report.hidden = report.lang !== lang));
    mountAll();
    if (focus) document.querySelector(`#report-${lang} [data-language="${lang}"]`).focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-language]");
    if (button) speak(button.dataset.language, true);
  });
  document.addEventListener("change", (event) => {
    const filters = event.target.closest(".filters");
    if (filters) narrow(filters);
  });
  document.addEventListener("toggle", mountAll, true);

  // An address that ends with a part's name shows that part, unfolded and in its language.
  const reveal = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const report = part?.closest(".report");
    if (!report) return;
    if (report.hidden) speak(report.lang, false);
    for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    part.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", reveal);

  // Paper shows everything, at its own width.
  const sized = (width) =>
    charts.forEach((chart, place) => {
      place.style.width = width;
      if (place.offsetWidth) chart.resize();
      chart.getZr().flush(); // at once: paper waits for no next frame
    });
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".report:not([hidden]) details:not([open])")];
    folded.forEach((fold) => (fold.open = true));
    mountAll();
    sized(`${PRINTED}px`);
  });
  addEventListener("afterprint", () => {
    folded.forEach((fold) => (fold.open = false));
    sized("");
  });

  mountAll();
  reveal();
})();
