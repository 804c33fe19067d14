"""Texts of the figures."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

FIGURES = {
    "curve.finding.change.missed": Bilingual(
        "Planen når {change} i {year}; der mangler {miss} for at nå {aim}",
        "The plan reaches {change} in {year}; {miss} are missing to reach {aim}",
    ),
    "curve.finding.change.met": Bilingual(
        "Planen når målet: {change} i {year} (mål {aim}), {margin}{chance}",
        "The plan meets the target: {change} in {year} (target {aim}), {margin}{chance}",
    ),
    "curve.finding.level.missed": Bilingual(
        "{quantity}: planen ender på {residual} i {year}; det er {miss} over målet",
        "{quantity}: the plan ends at {residual} in {year}; that is {miss} above the target",
    ),
    "curve.finding.level.met": Bilingual(
        "{quantity}: planen når målet med {residual} i {year}, {margin}{chance}",
        "{quantity}: the plan meets the target with {residual} in {year}, {margin}{chance}",
    ),
    "curve.finding.share.missed": Bilingual(
        "Planen når {share} i {year}; målet er {wanted}. {quantity}: {residual}, {miss} over loftet",
        "The plan reaches {share} in {year}; the target is {wanted}. {quantity}: {residual}, {miss} above the cap",
    ),
    "curve.finding.share.met": Bilingual(
        "Planen når målet: {share} i {year} (mål {wanted}). {quantity}: {residual}, {margin}{chance}",
        "The plan meets the target: {share} in {year} (target {wanted}). {quantity}: {residual}, {margin}{chance}",
    ),
    "curve.finding.risk.met": Bilingual(
        "Planen når målet, som det er ønsket: {how} {judged} i {year} (mål {cap}); {residual}, hvis alt går som planlagt{chance}",
        "The plan meets the target as wished for: {how} {judged} in {year} (target {cap}); {residual} if all goes as planned{chance}",
    ),
    "curve.finding.risk.missed": Bilingual(
        "Planen når ikke målet, som det er ønsket: {how} {judged} i {year} (mål {cap}); {residual}, hvis alt går som "
        "planlagt{chance}",
        "The plan misses the target as wished for: {how} {judged} in {year} (target {cap}); {residual} if all goes as "
        "planned{chance}",
    ),
    "curve.margin": Bilingual("{miss} under", "{miss} below it"),
    "curve.margin.exact": Bilingual("præcis", "exactly"),
    "curve.margin.share": Bilingual("{miss} under loftet", "{miss} below the cap"),
    "curve.margin.share.exact": Bilingual("præcis på loftet", "exactly on the cap"),
    "curve.chance": Bilingual(
        "; sandsynligheden i robusthedstesten er {probability}", "; its probability in the stress test is {probability}"
    ),
    "curve.differs": Bilingual(
        "Regnskabet for {year} viser {published}, fremskrivningen {computed}: den begynder i {base_year} og er ikke rettet "
        "ind efter senere regnskaber.",
        "The account of {year} shows {published}, the background {computed}: it starts from {base_year} and is not fitted "
        "to later accounts.",
    ),
    "curve.subtitle.account": Bilingual(
        "{target} · {account} · scenarie: {scenario}",
        "{target} · {account} · scenario: {scenario}",
    ),
    "curve.subtitle": Bilingual("{target} · scenarie: {scenario}", "{target} · scenario: {scenario}"),
    "curve.note": Bilingual(
        "Beregnet fra {base_year}: fremskrivning uden nye indsatser regner igangværende indsatser med.",
        "Computed from {base_year}: the background includes running initiatives.",
    ),
    "curve.note.fan": Bilingual(
        "Beregnet fra {base_year}: fremskrivning uden nye indsatser regner igangværende indsatser med. Viften viser "
        "9 af 10 trækninger i robusthedstesten (P5–P95), ret linje mellem de år testen regner på.",
        "Computed from {base_year}: the background includes running initiatives. The fan holds 9 of 10 draws of the "
        "stress test (P5–P95), straight between the years the test computes.",
    ),
    "curve.break": Bilingual(
        "Metodebrud {before}→{after}: de øvrige offentliggjorte serier er opgjort på andre måder, så springet mellem "
        "dem er ikke en reduktion, og serierne kan ikke sammenlignes med målet.",
        "Break of method {before}→{after}: the other published series are computed in other ways, so the step between "
        "them is no reduction, and the series cannot be compared with the target.",
    ),
    "curve.break.other": Bilingual(
        "De øvrige offentliggjorte serier er opgjort på andre måder og kan ikke sammenlignes med målet.",
        "The other published series are computed in other ways and cannot be compared with the target.",
    ),
    "curve.round": Bilingual("aftale\n{first}–{last}", "round\n{first}–{last}"),
    "curve.rounds": Bilingual("aftaler\n{first}–{last}", "rounds\n{first}–{last}"),
    "curve.fan": Bilingual("Planen, P5–P95", "The plan, P5–P95"),
    "curve.median": Bilingual("Planen, median", "The plan, median"),
    "curve.history": Bilingual("Offentliggjort", "Published"),
    "curve.past": Bilingual("historie", "history"),
    "curve.future": Bilingual("fremskrivning", "forecast"),
    "curve.leap": Bilingual("{year}: +{change} siden {before}", "{year}: +{change} from {before}"),
    "curve.leap.source": Bilingual("Kilde: {title}", "Source: {title}"),
    "curve.others": Bilingual("Andre serier, anden metode", "Other series, other method"),
    "curve.base": Bilingual("Udgangspunkt {year}: {amount}", "Base {year}: {amount}"),
    "figure.at": Bilingual("{amount} i {year}", "{amount} in {year}"),
    "curve.background": Bilingual("Uden nye indsatser\n{amounts}", "Background\n{amounts}"),
    "curve.plan": Bilingual("Planen\n{amounts}", "The plan\n{amounts}"),
    "curve.target": Bilingual("Mål\n{amount} fra {year}", "Target\n{amount} from {year}"),
    "curve.judged": Bilingual("Planen, {how}", "The plan, {how}"),
    "curve.gap.missed": Bilingual("mangler {amount}", "{amount} missing"),
    "curve.gap.met": Bilingual("{amount} under målet", "{amount} below target"),
    "curve.gap.exact": Bilingual("præcis på målet", "exactly on target"),
    "wedge.finding": Bilingual(
        "Indsatserne fjerner {amount} i {year}; mest kommer fra {track} ({share})",
        "The initiatives remove {amount} in {year}; most comes from {track} ({share})",
    ),
    "wedge.finding.none": Bilingual(
        "Planens indsatser fjerner ikke udledning i {year}",
        "The plan's initiatives remove no emissions in {year}",
    ),
    "wedge.subtitle": Bilingual(
        "Fra fremskrivning ned til planen, efter spor · {account} · scenarie: {scenario}",
        "From the background down to the plan, by track · {account} · scenario: {scenario}",
    ),
    "wedge.note": Bilingual(
        "Indsatser på samme kilde overlapper. Den fælles reduktion er delt uafhængigt af rækkefølgen, så sporene "
        "tilsammen giver præcis afstanden mellem fremskrivning og plan. Lodret streg: {year}.",
        "Initiatives on one source overlap. Their joint reduction is shared independently of order, so that the tracks "
        "together give exactly the distance between background and plan. Vertical line: {year}.",
    ),
    "wedge.background": Bilingual("Uden nye indsatser\n{amounts}", "Background\n{amounts}"),
    "wedge.track": Bilingual("{track}\n{amounts}", "{track}\n{amounts}"),
    "wedge.plan": Bilingual("Planen\n{amounts}", "The plan\n{amounts}"),
    "wedge.residual": Bilingual("Restudledning", "Residual emissions"),
    "schedule.finding": Bilingual(
        "Planen har {starts} nye starter, {soon} af dem i {first}–{last}",
        "New starts in the plan: {starts}, {soon} of them in {first}–{last}",
    ),
    "schedule.finding.none": Bilingual("Planen starter ingen nye indsatser", "The plan starts no new initiatives"),
    "schedule.subtitle": Bilingual(
        "Starter pr. enhed, spor og år · scenarie: {scenario}", "Starts by unit, track and year · scenario: {scenario}"
    ),
    "schedule.note": Bilingual(
        "Fede tal: antal starter. Små tal og bjælker: ton CO₂e i {year} i planen, overlap fordelt. "
        "Koncernfælles indsatser virker i alle enheder og står for sig selv.",
        "Bold: number of starts. Small figures and bars: tonnes CO₂e in {year} in the plan, overlap shared. "
        "Group-wide initiatives act in every unit and stand apart.",
    ),
    "schedule.tonnes": Bilingual("ton CO₂e\ni {year}", "tonnes CO₂e\nin {year}"),
    "largest.finding": Bilingual(
        "{few} af {starts} starter giver halvdelen af reduktionen i {year}",
        "{few} of {starts} starts give half of the reduction in {year}",
    ),
    "largest.finding.none": Bilingual("Planens starter giver ingen reduktion", "The plan's starts give no reduction"),
    "largest.subtitle": Bilingual(
        "De {count} største starter i hver enhed · scenarie: {scenario}",
        "The {count} largest starts of each unit · scenario: {scenario}",
    ),
    "largest.note": Bilingual(
        "Ton CO₂e i {year} i planen, overlap fordelt. Bjælkerne har enhedens egen skala.",
        "Tonnes CO₂e in {year} in the plan, overlap shared. Bars are to each unit's own scale.",
    ),
    "largest.none": Bilingual("Ingen starter, der sænker udledningen", "No starts that lower emissions"),
    "money.finding": Bilingual(
        "Planen kræver {capex} i anlæg {first}–{last}; i {year} koster den {opex} i drift og giver besparelser på {savings}, "
        "heraf {cashable} kontant",
        "The plan needs {capex} of capex in {first}–{last}; in {year} it costs {opex} to run and gives savings of {savings}, "
        "of which {cashable} cashable",
    ),
    "money.subtitle": Bilingual(
        "Nye indsatser, faste {price_year}-priser · scenarie: {scenario}",
        "New initiatives, real {price_year} prices · scenario: {scenario}",
    ),
    "money.note": Bilingual(
        "Anlæg er betalinger i året, fornyelser medregnet. Undgåede indkøb er en øvre grænse: pengene er først sparet, "
        "når budgettet sænkes. Rammer gælder kun de år, hvor en streg er vist.",
        "Capex is what is paid in the year, renewals included. Avoided purchases are an upper bound: the money is saved "
        "only once the budget is lowered. Budgets hold in the years that have a mark.",
    ),
    "money.capex": Bilingual("Anlæg", "Capex"),
    "money.opex": Bilingual("Drift", "Opex"),
    "money.savings": Bilingual("Besparelser", "Savings"),
    "money.cashable": Bilingual("kontante", "cashable"),
    "money.avoided": Bilingual("undgåede indkøb", "avoided purchases"),
    "money.budget": Bilingual("ramme", "budget"),
    "money.axis": Bilingual("mio. kr. pr. år", "DKK million a year"),
    "distribution.finding": Bilingual(
        "Sandsynligheden for at nå målet i {year} er {probability}; 9 af 10 udfald ligger mellem {low} og {high}",
        "The probability of meeting the target in {year} is {probability}; 9 of 10 outcomes lie between {low} and {high}",
    ),
    "distribution.of": Bilingual("{amount} ({quantity})", "{amount} ({quantity})"),
    "distribution.subtitle": Bilingual(
        "{target} · planen i robusthedstesten · scenarie: {scenario}",
        "{target} · the plan in the stress test · scenario: {scenario}",
    ),
    "distribution.note": Bilingual(
        "{draws} trækninger af effekter, fremskrivning og levering{shown}; planen selv er den samme i alle. Planens tal bruger "
        "de mest sandsynlige værdier, som ikke er gennemsnit.",
        "{draws} draws of effects, background and delivery{shown}; the plan is the same in all. The plan's own figure uses the "
        "most likely values, which are not means.",
    ),
    "distribution.shown": Bilingual(", de første {kept} vist", ", the first {kept} shown"),
    "distribution.with": Bilingual("planen", "the plan"),
    "distribution.before": Bilingual("uden nye indsatser, samme trækninger", "without new initiatives, same draws"),
    "distribution.axis": Bilingual("% af trækningerne", "% of draws"),
    "distribution.target": Bilingual("mål {amount}", "target {amount}"),
    "distribution.plan": Bilingual("planens tal {amount}", "the plan's figure {amount}"),
    "distribution.p05": Bilingual("P5 {amount}", "P5 {amount}"),
    "distribution.p50": Bilingual("median {amount}", "median {amount}"),
    "distribution.p95": Bilingual("P95 {amount}", "P95 {amount}"),
    "compare.finding": Bilingual(
        "I {year} når {best} længst ({best_value}) og {worst} kortest ({worst_value})",
        "In {year} {best} gets furthest ({best_value}) and {worst} least far ({worst_value})",
    ),
    "compare.subtitle": Bilingual("{target} · kørsler over hinanden", "{target} · runs over each other"),
    "compare.run": Bilingual("{run}\n{amounts}", "{run}\n{amounts}"),
    "compare.note": Bilingual(
        "Fremskrivning og mål er den første kørsels.", "Background and target are those of the first run."
    ),
    "compare.note.planned": Bilingual(
        "Kurver og titel viser alt som planlagt; risikoen er ikke med.",
        "Curves and title show everything as planned; the risk is no part of them.",
    ),
}
