"""The HTML of each component as it is before its module has filled it."""

from __future__ import annotations

from core.window import ASPECT
from player.icons import icon


def button(name: str, content: str = "") -> str:
    return f'<button type="button" class="dl-{name}">{content or icon(name)}</button>'


AREA = (
    f'<div class="dl-map" data-aspect="{ASPECT}"></div><svg class="dl-field" aria-hidden="true" hidden><path/></svg>'
    '<canvas class="dl-trail" aria-hidden="true"></canvas>'
)

TOOLS = f'<span class="dl-tools">{button("back", icon("undo"))}{button("home")}{button("picture")}</span>'

PANEL = f"""
<div class="dl-panel" role="group">
  <div class="dl-head">
    <svg class="dl-glyph" viewBox="0 0 16 16" aria-hidden="true"><path/></svg>
    <span class="dl-rule"><span class="dl-title"></span>{icon("down", "dl-down")}<select></select></span>
    <span class="dl-verdict-box" role="status"><button type="button" class="dl-verdict" tabindex="-1" aria-disabled="true"></button></span>
    {button("unfold", icon("tune"))}
  </div>
  <div class="dl-stage">
    {AREA}
    <div class="dl-account" role="group" tabindex="-1" hidden></div>
    <span class="dl-hint"></span><span class="dl-missed" role="status"></span><span class="dl-hover"></span>{button("home")}
  </div>
  <div class="dl-readout" role="group"></div>
  <p class="dl-settings" aria-hidden="true"></p><p class="dl-summary"></p>
</div>
"""

SWEEP = f"""
<div class="dl-sweep" role="group">
  <div class="dl-sweep-map" tabindex="0" role="application">
    <canvas class="dl-sweep-ground" aria-hidden="true"></canvas><canvas class="dl-sweep-over" aria-hidden="true"></canvas>
    <span class="dl-sweep-reading" role="status"></span>
    {TOOLS}
  </div>
  <p class="dl-sweep-note"></p><p class="dl-summary"></p>
</div>
"""

BEST = f"""
<div class="dl-best" role="group">
  <template><svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg></template>
  <p class="dl-best-none" hidden></p>
  <div class="dl-best-job dl-best-table-job">
    <progress max="1" value="0"></progress><span class="dl-best-count"></span>{button("best-toggle", " ")}
    <span class="dl-best-ends"><a class="dl-best-first"></a>{button("best-csv", " ")}</span>
  </div>
  <div class="dl-best-scroll" tabindex="0" role="region"><table><caption></caption><thead><tr></tr></thead><tbody></tbody></table></div>
  <p class="dl-best-note"></p>
  <section class="dl-best-profile">
    <h3></h3>
    {button("best-begin", " ")}
    <div class="dl-best-job" hidden>
      <progress max="1" value="0"></progress><span class="dl-best-count"></span>{button("best-toggle", " ")}
      <span class="dl-best-ends">{button("picture")}</span>
    </div>
    <div class="dl-profile" hidden>
      <canvas class="dl-profile-plot" tabindex="0" role="slider" aria-valuemin="0"></canvas>
      <div class="dl-profile-legend"><p role="status"></p><ul></ul></div>
    </div>
    <p class="dl-best-note"></p><p class="dl-summary"></p>
  </section>
</div>
"""

BASINS = f"""
<div class="dl-basins" role="group">
  <div class="dl-basins-head">
    <div class="dl-basins-legend" role="list"></div>
    {TOOLS}
  </div>
  <div class="dl-basins-maps"></div>
  <template>
    <figure class="dl-basin">
      <figcaption><b class="dl-basin-title"></b> <span class="dl-basin-set"></span></figcaption>
      <div class="dl-sweep-map" tabindex="0" role="application">
        <canvas class="dl-sweep-ground" aria-hidden="true"></canvas><canvas class="dl-sweep-over" aria-hidden="true"></canvas>
      </div>
      <div class="dl-basin-reading" role="status"></div>
      <div class="dl-basin-bar" aria-hidden="true"></div><div class="dl-basin-shares" aria-hidden="true"></div><p class="dl-summary"></p>
    </figure>
  </template>
  <p class="dl-basins-note"></p>
</div>
"""

OVERLAY = f"""
<template>
  <div class="dl-panel dl-large" role="group">
    <div class="dl-stage">
      {AREA}
      <span class="dl-hover"></span>{button("home")}
    </div>
  </div>
</template>
"""  # in the page only where one map shows all lanes


VALUES = '<div class="dl-values" aria-hidden="true" hidden></div>'


def chart(name: str, menu: str = "") -> str:
    return f'<div class="dl-chart"><canvas class="dl-{name}" role="img"></canvas>{menu}{VALUES}</div>'


MENU = '<select class="dl-choose"></select>'


PATHS = f"""
<div class="dl-paths" role="group">
  <div class="dl-panel dl-large"><div class="dl-stage">{AREA}<span class="dl-hover"></span>{button("home")}</div></div>
  {chart("path-loss")}
  <div class="dl-paths-foot">
    <div class="dl-through"><output class="dl-through-value"></output><span class="dl-through-said"></span>{TOOLS}</div>
    <input type="range" class="dl-through-range" min="0" max="1" step="1">
    {chart("path-measure")}
  </div>
  <p class="dl-summary"></p>
</div>
"""

RATES = f"""
<div class="dl-rates-view" role="group">
  <div class="dl-rates-tools"><a class="dl-rates-race"></a><span class="dl-rates-hint"></span><span class="dl-tools">{button("picture")}</span></div>
  {chart("rate-sweep")}
  {chart("rate-test")}
  <div role="status"><ul class="dl-rates-said"></ul></div>
</div>
"""

PLANE = f"""<section class="dl-train-plane" hidden>
    <div class="dl-panel dl-large"><div class="dl-stage">{AREA}<span class="dl-hover"></span>{button("home")}</div></div>
    <div class="dl-plane-side">
      <table><caption></caption><thead><tr></tr></thead><tbody></tbody></table>
      <p class="dl-plane-colour"></p><div><canvas class="dl-plane-bar" aria-hidden="true"></canvas></div>
      <p class="dl-plane-is"></p><p class="dl-plane-note"></p>
    </div>
    <div class="dl-through">
      <output class="dl-plane-now"></output><input type="range" class="dl-plane-range dl-through-range" min="0" max="1" step="1">
    </div>
    <p class="dl-plane-status" role="status"><span class="dl-plane-said"></span>{button("plane-retry", " ")}</p>
  </section>"""

TRAINING = f"""
<div class="dl-train" role="group">
  <template><svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg></template>
  <div class="dl-train-job">
    <progress max="1" value="0"></progress><span class="dl-train-count"></span>{button("train-toggle", " ")}{button("train-anew", " ")}
    <span class="dl-train-ends">{button("picture")}</span>
  </div>
  {PLANE}
  <div class="dl-train-curves">{chart("train-loss")}{chart("train-middle", MENU)}{chart("train-test-accuracy")}</div>
  <div class="dl-train-below">
    <div class="dl-train-scroll" tabindex="0" role="region"><table><caption></caption><thead><tr></tr></thead><tbody></tbody></table></div>
    <div class="dl-train-pictures" hidden>
      <figure><figcaption></figcaption><canvas role="img"></canvas></figure>
      <figure><figcaption></figcaption><canvas role="img"></canvas></figure>
    </div>
  </div>
  <p class="dl-summary"></p>
</div>
"""

RATE_SWEEP = f"""
<div class="dl-train dl-ratesweep" role="group">
  <template><svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg></template>
  <div class="dl-train-job">
    <progress max="1" value="0"></progress><span class="dl-train-count"></span>{button("train-toggle", " ")}{button("train-anew", " ")}
    <span class="dl-train-ends">{button("ratesweep-take", " ")}{button("picture")}</span>
  </div>
  <p class="dl-ratesweep-note" role="status" hidden></p>
  <div class="dl-train-curves">{chart("ratesweep-validation")}{chart("ratesweep-test")}</div>
  <div class="dl-train-scroll" tabindex="0" role="region"><table><caption></caption><thead><tr></tr></thead><tbody></tbody></table></div>
  <p class="dl-summary"></p>
</div>
"""

CURVES = f'<div class="dl-curves">{chart("loss", MENU)}{chart("rates", MENU)}</div>\n'

BAR = f"""
<div class="dl-bar" role="toolbar">
  {button("restart")}{button("back")}
  {button("play", icon("play", "dl-if-play") + icon("pause", "dl-if-pause"))}
  {button("forward")}
  <div class="dl-scrub-box"><input type="range" class="dl-scrub" min="0" max="1" step="1" value="0"></div>
  <div class="dl-count-box"><div class="dl-count"></div></div>
  <select class="dl-speed"></select>
  {button("loop")}{button("link")}{button("picture")}{button("export")}
  {button("present")}{button("full")}{button("classroom")}{button("help", "?")}
</div>
<span class="dl-said" role="status"></span>
<div class="dl-predict" hidden><span class="dl-predict-text" role="status"></span>{button("reveal", " ")}{button("again", " ")}</div>
<dialog class="dl-dialog dl-shown"></dialog>
<dialog class="dl-dialog dl-keys"></dialog>
<dialog class="dl-dialog dl-export-dialog"></dialog>
<div class="dl-share" role="group" hidden></div>
<dialog class="dl-dialog dl-wall"></dialog>
"""

SLIDER = """
<div class="dl-slider">
  <div class="dl-slider-name"><span class="dl-slider-label"></span><span class="dl-slider-aside"></span></div>
  <div class="dl-slider-rail">
    <div class="dl-ruler" aria-hidden="true">
      <svg preserveAspectRatio="none"><path class="dl-ruler-shade"/><path class="dl-ruler-line"/></svg><div class="dl-ruler-marks"></div>
    </div>
    <button type="button" class="dl-slider-value"></button><input type="range" min="0" step="1">
  </div>
</div>
"""

INSPECTOR = f"""
<div class="dl-inspector" role="region">
  <div class="dl-inspector-head">
    <span class="dl-inspector-title"></span><div><div class="dl-inspector-step"></div></div>{button("inspector-close", icon("close"))}
  </div>
  <div class="dl-inspector-body"><div class="dl-inspector-formula"></div><dl class="dl-inspector-list"></dl></div>
</div>
"""

EXAMPLES = f"""
<div class="dl-examples" role="region">
  <div class="dl-examples-head">
    <span class="dl-examples-title"></span>
    {button("examples-class", icon("swap"))}{button("examples-delete", icon("delete"))}{button("examples-load", icon("load"))}
    <input type="file" class="dl-examples-file" accept=".csv,.txt,.tsv,text/csv,text/plain" hidden>
  </div>
  <div class="dl-examples-box"><canvas class="dl-examples-plot" tabindex="0" role="application"></canvas></div>
  <p class="dl-examples-said" role="status"></p>
  <div class="dl-clouds">
    <span class="dl-clouds-title"></span>
    <div class="dl-clouds-box"><canvas class="dl-clouds-plot" aria-hidden="true"></canvas></div><ul class="dl-clouds-list" tabindex="0"></ul>
  </div>
</div>
"""

STAGE = "<template></template>"  # nothing to see

HTML = {
    "stage": STAGE,
    "panel": PANEL,
    "overlay": OVERLAY,
    "beside": OVERLAY,
    "sweep": SWEEP,
    "best": BEST,
    "paths": PATHS,
    "basins": BASINS,
    "rates": RATES,
    "training": TRAINING,
    "ratesweep": RATE_SWEEP,
    "curves": CURVES,
    "transport": BAR,
    "slider": SLIDER,
    "inspector": INSPECTOR,
    "examples": EXAMPLES,
}
