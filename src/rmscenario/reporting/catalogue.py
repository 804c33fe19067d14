"""Every text a reader sees, in Danish and English. Places in braces are filled by `language.say`."""

from __future__ import annotations

from typing import NamedTuple


class Bilingual(NamedTuple):
    """A text in both languages, with the same places."""

    da: str
    en: str


_T = Bilingual

WORDS = {
    "per_year": _T("{unit} pr. år", "{unit} a year"),
    "money.million": _T("{value} mio. kr.", "DKK {value} million"),
    "money.billion": _T("{value} mia. kr.", "DKK {value} billion"),
    "word.group_wide": _T("koncernfælles", "group-wide"),
    "word.group_wide.title": _T("Koncernfælles", "Group-wide"),
    "word.yes": _T("ja", "yes"),
    "word.no": _T("nej", "no"),
    "word.none": _T("ingen", "none"),
}

FIGURES = {
    "curve.finding.change.missed": _T(
        "Planen når {change} i {year}; der mangler {miss} for at nå {aim}",
        "The plan reaches {change} in {year}; {miss} are missing to reach {aim}",
    ),
    "curve.finding.change.met": _T(
        "Planen når målet: {change} i {year} (mål {aim}), {miss} under",
        "The plan meets the target: {change} in {year} (target {aim}), {miss} below it",
    ),
    "curve.finding.level.missed": _T(
        "Planen ender på {residual} i {year}; det er {miss} over målet",
        "The plan ends at {residual} in {year}; that is {miss} above the target",
    ),
    "curve.finding.level.met": _T(
        "Planen når målet: {residual} i {year}, {miss} under",
        "The plan meets the target: {residual} in {year}, {miss} below it",
    ),
    "curve.subtitle.account": _T(
        "{target} · {account} · scenarie: {scenario}",
        "{target} · {account} · scenario: {scenario}",
    ),
    "curve.subtitle": _T("{target} · scenarie: {scenario}", "{target} · scenario: {scenario}"),
    "curve.note": _T(
        "Beregnet fra {base_year}: fremskrivning uden nye indsatser regner igangværende indsatser med. Viften viser "
        "9 af 10 trækninger i robusthedstesten (P5–P95), ret linje mellem de år testen regner på.",
        "Computed from {base_year}: the background includes running initiatives. The fan holds 9 of 10 draws of the "
        "stress test (P5–P95), straight between the years the test computes.",
    ),
    "curve.break": _T(
        "Metodebrud {before}→{after}: de øvrige offentliggjorte serier er opgjort på andre måder, så springet mellem "
        "dem er ikke en reduktion, og serierne kan ikke sammenlignes med målet.",
        "Break of method {before}→{after}: the other published series are computed in other ways, so the step between "
        "them is no reduction, and the series cannot be compared with the target.",
    ),
    "curve.break.other": _T(
        "De øvrige offentliggjorte serier er opgjort på andre måder og kan ikke sammenlignes med målet.",
        "The other published series are computed in other ways and cannot be compared with the target.",
    ),
    "curve.round": _T("aftale\n{first}–{last}", "round\n{first}–{last}"),
    "curve.rounds": _T("aftaler\n{first}–{last}", "rounds\n{first}–{last}"),
    "curve.fan": _T("Planen, P5–P95", "The plan, P5–P95"),
    "curve.median": _T("Planen, median", "The plan, median"),
    "curve.history": _T("Offentliggjort", "Published"),
    "curve.past": _T("historie", "history"),
    "curve.future": _T("fremskrivning", "forecast"),
    "curve.others": _T("Andre serier, anden metode", "Other series, other method"),
    "curve.base": _T("Udgangspunkt {year}: {amount}", "Base {year}: {amount}"),
    "curve.background": _T("Uden nye indsatser\n{amount} i {year}", "Background\n{amount} in {year}"),
    "curve.plan": _T("Planen\n{amount} i {year}", "The plan\n{amount} in {year}"),
    "curve.target": _T("Mål\n{amount} fra {year}", "Target\n{amount} from {year}"),
    "curve.gap.missed": _T("mangler {amount}", "{amount} missing"),
    "curve.gap.met": _T("{amount} under målet", "{amount} below target"),
    "wedge.finding": _T(
        "Indsatserne fjerner {amount} i {year}; mest kommer fra {track} ({share})",
        "The initiatives remove {amount} in {year}; most comes from {track} ({share})",
    ),
    "wedge.finding.none": _T(
        "Planens indsatser fjerner ikke udledning i {year}",
        "The plan's initiatives remove no emissions in {year}",
    ),
    "wedge.subtitle": _T(
        "Fra fremskrivning ned til planen, efter spor · {account} · scenarie: {scenario}",
        "From the background down to the plan, by track · {account} · scenario: {scenario}",
    ),
    "wedge.note": _T(
        "Indsatser på samme kilde overlapper. Den fælles reduktion er delt uafhængigt af rækkefølgen, så sporene "
        "tilsammen giver præcis afstanden mellem fremskrivning og plan. Tallene er for {year}.",
        "Initiatives on one source overlap. Their joint reduction is shared independently of order, so that the tracks "
        "together give exactly the distance between background and plan. Figures are those of {year}.",
    ),
    "wedge.background": _T("Uden nye indsatser\n{amount} i {year}", "Background\n{amount} in {year}"),
    "wedge.track": _T("{track}\n−{amount}", "{track}\n−{amount}"),
    "wedge.plan": _T("Planen\n{amount} i {year}", "The plan\n{amount} in {year}"),
    "wedge.residual": _T("Restudledning", "Residual emissions"),
    "schedule.finding": _T(
        "{starts} indsatser starter; {soon} af dem i {first}–{last}",
        "{starts} initiatives start; {soon} of them in {first}–{last}",
    ),
    "schedule.finding.none": _T("Planen starter ingen nye indsatser", "The plan starts no new initiatives"),
    "schedule.subtitle": _T(
        "Starter pr. enhed, spor og år · scenarie: {scenario}", "Starts by unit, track and year · scenario: {scenario}"
    ),
    "schedule.note": _T(
        "Fede tal: antal starter. Små tal og bjælker: ton CO₂e i {year} i planen, overlap fordelt. "
        "Koncernfælles indsatser virker i alle enheder og står for sig selv.",
        "Bold: number of starts. Small figures and bars: tonnes CO₂e in {year} in the plan, overlap shared. "
        "Group-wide initiatives act in every unit and stand apart.",
    ),
    "schedule.tonnes": _T("ton CO₂e\ni {year}", "tonnes CO₂e\nin {year}"),
    "largest.finding": _T(
        "{few} af {starts} starter giver halvdelen af reduktionen i {year}",
        "{few} of {starts} starts give half of the reduction in {year}",
    ),
    "largest.finding.none": _T("Planens starter giver ingen reduktion", "The plan's starts give no reduction"),
    "largest.subtitle": _T(
        "De {count} største starter i hver enhed · scenarie: {scenario}",
        "The {count} largest starts of each unit · scenario: {scenario}",
    ),
    "largest.note": _T(
        "Ton CO₂e i {year} i planen, overlap fordelt. Bjælkerne har enhedens egen skala.",
        "Tonnes CO₂e in {year} in the plan, overlap shared. Bars are to each unit's own scale.",
    ),
    "largest.none": _T("Ingen starter, der sænker udledningen", "No starts that lower emissions"),
    "money.finding": _T(
        "Planen kræver {capex} i anlæg {first}–{last}; i {year} koster driften {opex} og sparer {savings}, heraf "
        "{cashable} kontant",
        "The plan needs {capex} of capex in {first}–{last}; in {year} it costs {opex} to run and saves {savings}, of "
        "which {cashable} cashable",
    ),
    "money.subtitle": _T(
        "Nye indsatser, faste {price_year}-priser · scenarie: {scenario}",
        "New initiatives, real {price_year} prices · scenario: {scenario}",
    ),
    "money.note": _T(
        "Anlæg er betalinger i året, fornyelser medregnet. Undgåede indkøb er en øvre grænse: pengene er først sparet, "
        "når budgettet sænkes. Rammer gælder kun de år, hvor en streg er vist.",
        "Capex is what is paid in the year, renewals included. Avoided purchases are an upper bound: the money is saved "
        "only once the budget is lowered. Budgets hold in the years that have a mark.",
    ),
    "money.capex": _T("Anlæg", "Capex"),
    "money.opex": _T("Drift", "Opex"),
    "money.savings": _T("Besparelser", "Savings"),
    "money.cashable": _T("kontante (energi, brændstof, vand)", "cashable (energy, fuel, water)"),
    "money.avoided": _T("undgåede indkøb", "avoided purchases"),
    "money.budget": _T("ramme", "budget"),
    "money.axis": _T("mio. kr. pr. år", "DKK million a year"),
    "distribution.finding": _T(
        "Sandsynligheden for at nå målet i {year} er {probability}; 9 af 10 udfald ligger mellem {low} og {high}",
        "The probability of meeting the target in {year} is {probability}; 9 of 10 outcomes lie between {low} and {high}",
    ),
    "distribution.subtitle": _T(
        "{target} · planen i robusthedstesten · scenarie: {scenario}",
        "{target} · the plan in the stress test · scenario: {scenario}",
    ),
    "distribution.note": _T(
        "{draws} trækninger af effekter, fremskrivning og levering; planen selv er den samme i alle. Planens tal bruger "
        "de mest sandsynlige værdier, som ikke er gennemsnit.",
        "{draws} draws of effects, background and delivery; the plan is the same in all. The plan's own figure uses the "
        "most likely values, which are not means.",
    ),
    "distribution.axis": _T("% af trækningerne", "% of draws"),
    "distribution.target": _T("mål {amount}", "target {amount}"),
    "distribution.plan": _T("planens tal {amount}", "the plan's figure {amount}"),
    "distribution.p05": _T("P5 {amount}", "P5 {amount}"),
    "distribution.p50": _T("median {amount}", "median {amount}"),
    "distribution.p95": _T("P95 {amount}", "P95 {amount}"),
    "compare.finding": _T(
        "I {year} når {best} længst ({best_value}) og {worst} kortest ({worst_value})",
        "In {year} {best} gets furthest ({best_value}) and {worst} least far ({worst_value})",
    ),
    "compare.subtitle": _T("{target} · kørsler over hinanden", "{target} · runs over each other"),
    "compare.run": _T("{run}\n{amount} i {year}", "{run}\n{amount} in {year}"),
    "compare.note": _T(
        "Fremskrivning og mål er den første kørsels.", "Background and target are those of the first run."
    ),
}

GRADES = {
    "grade.measured": _T("målt", "measured"),
    "grade.published": _T("offentliggjort", "published"),
    "grade.derived": _T("afledt", "derived"),
    "grade.recalled": _T("efter hukommelsen", "recalled"),
    "grade.assumption": _T("antagelse", "assumption"),
    "grade.none": _T("ingen tal", "no figures"),
    "status.assumed": _T("antaget", "assumed"),
    "status.reported": _T("indberettet", "reported"),
    "status.signed": _T("underskrevet", "signed"),
    "money.kind.capex": _T("anlæg", "capex"),
    "money.kind.opex": _T("drift", "opex"),
    "money.kind.saving_cashable": _T("besparelse, kontant", "saving, cashable"),
    "money.kind.saving_avoided": _T("besparelse, undgåede indkøb", "saving, avoided purchases"),
}

AGREEMENTS = {
    "agreement.title": _T(
        "Bæredygtighedsaftale {first}–{last}: {unit}", "Sustainability agreement {first}–{last}: {unit}"
    ),
    "agreement.index.title": _T("Bæredygtighedsaftaler {first}–{last}", "Sustainability agreements {first}–{last}"),
    "agreement.short": _T(
        "Enheden starter {own} indsatser i {first}–{last}, og {group} koncernfælles indsatser virker hos den. Enhedens "
        "egne fjerner {tonnes} t CO₂e i {year} (i planen, overlap fordelt) og kræver {capex} i anlæg i aftaleperioden.",
        "The unit starts {own} initiatives in {first}–{last}, and {group} group-wide initiatives act on it. The unit's own "
        "remove {tonnes} t CO₂e in {year} (in the plan, overlap shared) and need {capex} of capex in the round.",
    ),
    "agreement.scenario": _T(
        "Udkast fra scenariet “{scenario}”. Penge i faste {price_year}-priser.",
        "Draft from the scenario “{scenario}”. Money in real {price_year} prices.",
    ),
    "agreement.compared": _T(
        "Kolonnen “i nærmeste plan” sammenligner med scenariet “{scenario}”, der går så tæt på målene, som "
        "rammerne tillader.",
        "The column “in nearest plan” compares with the scenario “{scenario}”, which goes as near to the targets as "
        "limits allow.",
    ),
    "agreement.empty": _T("Ingen.", "None."),
    "agreement.total": _T("I alt", "Total"),
    "agreement.unit": _T("enhed", "unit"),
    "agreement.initiative": _T("indsats", "initiative"),
    "agreement.track": _T("spor", "track"),
    "agreement.start": _T("start", "start"),
    "agreement.level": _T("niveau", "level"),
    "agreement.kind": _T("slags", "kind"),
    "agreement.skill": _T("faggruppe", "skill"),
    "agreement.round": _T("aftaleperiode", "round"),
    "agreement.status": _T("status", "status"),
    "agreement.indicator": _T("indikator", "indicator"),
    "agreement.definition": _T("definition", "definition"),
    "agreement.measure": _T("enhed for måling", "unit of measurement"),
    "agreement.owner": _T("dataejer (rolle)", "data owner (role)"),
    "agreement.frequency": _T("hyppighed", "frequency"),
    "agreement.requires": _T("kræver", "requires"),
    "agreement.where": _T("hvor", "where"),
    "agreement.lag": _T("hvornår", "when"),
    "agreement.required.starts": _T("den krævede indsats", "the required initiative"),
    "agreement.required.starts.in": _T("starter {year} i planen", "starts {year} in the plan"),
    "agreement.required.running": _T("kører siden {year}", "runs since {year}"),
    "agreement.required.not": _T("starter ikke i enheden", "does not start in the unit"),
    "agreement.scope.same_unit": _T("samme enhed", "same unit"),
    "agreement.scope.any_unit": _T("mindst én enhed", "any unit"),
    "agreement.scope.all_units": _T("alle enheder", "all units"),
    "agreement.lag.none": _T("senest samme år", "same year at the latest"),
    "agreement.lag.years": _T("mindst {years} år før", "at least {years} years before"),
    "agreement.tonnes.in_plan": _T("t CO₂e {year} i planen", "t CO₂e {year} in plan"),
    "agreement.tonnes.alone": _T("t CO₂e {year} alene", "t CO₂e {year} alone"),
    "agreement.tonnes.low": _T("{year} alene, lav effekt", "{year} alone, low effect"),
    "agreement.tonnes.high": _T("{year} alene, høj effekt", "{year} alone, high effect"),
    "agreement.grade.effect": _T("effekt dokumenteret som", "effect documented as"),
    "agreement.grade.cost": _T("pris dokumenteret som", "cost documented as"),
    "agreement.nearest": _T("i nærmeste plan", "in nearest plan"),
    "agreement.nearest.other": _T("andet år ({year})", "other year ({year})"),
    "agreement.metered": _T("Målt på enhedens forbrug, hele planen", "Metered on the unit's consumption, whole plan"),
    "agreement.count.own": _T("egne starter", "own starts"),
    "agreement.count.group_wide": _T("koncernfælles", "group-wide"),
    "agreement.count.running": _T("igangværende", "running"),
    "agreement.capex.round": _T("anlæg i perioden, 1.000 kr.", "capex in the round, DKK 1,000"),
    "agreement.files": _T("filer", "files"),
    "agreement.sheet.index": _T("Enhederne", "The units"),
    "agreement.short.index": _T("Enheder", "Units"),
    "agreement.sheet.own": _T("Indsatser, enheden starter", "Initiatives the unit starts"),
    "agreement.short.own": _T("Indsatser", "Initiatives"),
    "agreement.sheet.group_wide": _T(
        "Koncernfælles indsatser hos enheden", "Group-wide initiatives acting on the unit"
    ),
    "agreement.short.group_wide": _T("Koncernfælles", "Group-wide"),
    "agreement.sheet.money": _T("Penge, 1.000 kr.", "Money, DKK 1,000"),
    "agreement.short.money": _T("Penge", "Money"),
    "agreement.sheet.staff": _T("Årsværk", "Full-time equivalents"),
    "agreement.short.staff": _T("Årsværk", "Staff"),
    "agreement.sheet.indicators": _T("Indikatorer til opfølgning", "Indicators for follow-up"),
    "agreement.short.indicators": _T("Indikatorer", "Indicators"),
    "agreement.sheet.prerequisites": _T("Hvad der skal være startet først", "What must have started first"),
    "agreement.short.prerequisites": _T("Forudsætninger", "Prerequisites"),
    "agreement.sheet.running": _T(
        "Igangværende indsatser, som regnes med på forhånd", "Running initiatives, counted beforehand"
    ),
    "agreement.short.running": _T("Igangværende", "Running"),
    "agreement.sheet.only_nearest": _T("Kun i den nærmeste plan", "Only in the nearest plan"),
    "agreement.short.only_nearest": _T("Kun i nærmeste plan", "Only in nearest plan"),
    "agreement.note.tonnes": _T(
        "Ton fjernet i året. “I planen”: overlap mellem indsatser er fordelt, så tallene kan lægges sammen. “Alene”: kun "
        "denne start; tallene kan ikke lægges sammen. Lav og høj: alene med tabellernes lave og høje effekt, alt andet som ventet. "
        "Koncernfælles indsatsers tal gælder hele regionen.",
        "Tonnes removed in the year. “In plan”: overlap of initiatives is shared, so that figures add up. “Alone”: this "
        "start only; these do not add up. Low and high: alone with the tables' low and high effect, all else as expected. Figures of "
        "group-wide initiatives are for the whole region.",
    ),
    "agreement.note.money": _T(
        "Hele tusinde kroner. Anlæg er betalinger i året. Undgåede indkøb er en øvre grænse. Målte besparelser på "
        "energi, vand og indkøb hører til enhedens forbrug og er hele planens, koncernfælles indsatser medregnet.",
        "Thousands of DKK. Capex is paid in the year. Avoided purchases are an upper bound. Metered savings on energy, "
        "water and purchases belong to the unit's consumption and are those of the whole plan, group-wide included.",
    ),
    "agreement.note.staff": _T(
        "Årsværk i året til enhedens egne indsatser, efter faggruppe; regnearket viser dem pr. indsats.",
        "FTE in the year for the unit's own initiatives, by skill; the workbook shows them by initiative.",
    ),
    "agreement.note.running": _T(
        "De ligger i fremskrivningen og tælles ikke som aftalens effekt. “Antaget” betyder, at regionen ikke har "
        "bekræftet dem.",
        "They are part of the background and do not count as the agreement's effect. “Assumed” means that the region has "
        "not confirmed them.",
    ),
    "agreement.note.only_nearest": _T(
        "Starter i perioden i den nærmeste plan, men aldrig i denne.",
        "Start in the round in the nearest plan, but never in this one.",
    ),
    "agreement.note.index": _T(
        "Ton og anlæg er enhedernes egne starter. En koncernfælles indsats står hos hver enhed, den virker på.",
        "Tonnes and capex are of the units' own starts. A group-wide initiative is listed with every unit it acts on.",
    ),
}

TEXTS: dict[str, Bilingual] = WORDS | FIGURES | GRADES | AGREEMENTS
