"""Texts of the agreements."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

AGREEMENTS = {
    "agreement.title": Bilingual(
        "Bæredygtighedsaftale {first}–{last}: {unit}", "Sustainability agreement {first}–{last}: {unit}"
    ),
    "agreement.index.title": Bilingual(
        "Bæredygtighedsaftaler {first}–{last}", "Sustainability agreements {first}–{last}"
    ),
    "agreement.short": Bilingual(
        "{own}{group}. De egne fjerner {tonnes} t CO₂e i {year} (i planen, overlap fordelt). Enheden bærer {capex} i anlæg i "
        "perioden.",
        "{own}{group}. Its own remove {tonnes} t CO₂e in {year} (in the plan, overlap shared). The unit bears {capex} of capex "
        "in the round.",
    ),
    "agreement.short.none": Bilingual("{own}{group}.", "{own}{group}."),
    "agreement.starts.own": Bilingual(
        "{count} egne indsatser starter i {first}–{last}", "{count} own initiatives start in {first}–{last}"
    ),
    "agreement.starts.own.one": Bilingual(
        "Én egen indsats starter i {first}–{last}", "One own initiative starts in {first}–{last}"
    ),
    "agreement.starts.own.none": Bilingual(
        "Ingen egne indsatser starter i {first}–{last}", "No own initiatives start in {first}–{last}"
    ),
    "agreement.starts.group": Bilingual(
        ", og {count} koncernfælles indsatser hos enheden", ", and {count} group-wide initiatives at the unit"
    ),
    "agreement.starts.group.one": Bilingual(
        ", og én koncernfælles indsats hos enheden", ", and one group-wide initiative at the unit"
    ),
    "added.chosen": Bilingual(
        "{initiative} lægger {tonnes} t CO₂e til i {year}; planen starter den af andre grunde end CO₂e.",
        "{initiative} adds {tonnes} t CO₂e in {year}; the plan starts it for other reasons than CO₂e.",
    ),
    "added.decided": Bilingual(
        "{initiative} lægger {tonnes} t CO₂e til i {year}; den er med, fordi regionen har besluttet den.",
        "{initiative} adds {tonnes} t CO₂e in {year}; it is there because the region has decided it.",
    ),
    "agreement.share": Bilingual(
        "{name}, i {year}: i enheden {plan} (regionens mål er {wanted}; {background} uden nye indsatser).",
        "{name}, in {year}: in the unit {plan} (the region's target is {wanted}; {background} without new initiatives).",
    ),
    "agreement.owners": Bilingual("Sporene ejes af {owners}.", "The tracks are owned by {owners}."),
    "agreement.owner.of": Bilingual("{role} ({track})", "{role} ({track})"),
    "agreement.scenario": Bilingual(
        "Udkast fra scenariet “{scenario}”. Penge i faste {price_year}-priser.",
        "Draft from the scenario “{scenario}”. Money in real {price_year} prices.",
    ),
    "agreement.compared": Bilingual(
        "Kolonnen “i nærmeste plan” sammenligner med en anden plan for scenariet “{scenario}”: den sigter alene efter det "
        "højest prioriterede mål ({targets}), derefter mindst omkostning. Hårde mål holder den; andre mål sigter den ikke "
        "efter. Den er fundet med en kortere søgning, og det er ikke bevist, at den er den bedste.",
        "The column “in nearest plan” compares with another plan for the scenario “{scenario}”: it aims at the target of "
        "first priority ({targets}) alone, then at least cost. It keeps hard targets and aims at no others. It was found "
        "by a shorter search and is not proven to be the best.",
    ),
    "agreement.compared.hard": Bilingual(
        "Kolonnen “i nærmeste plan” sammenligner med en anden plan for scenariet “{scenario}”: alle mål er hårde, så den "
        "holder dem og sigter ellers efter mindst omkostning. Den er fundet med en kortere søgning, og det er ikke bevist, "
        "at den er den bedste.",
        "The column “in nearest plan” compares with another plan for the scenario “{scenario}”: all targets are hard, so it "
        "keeps them and otherwise aims at least cost. It was found by a shorter search and is not proven to be the best.",
    ),
    "agreement.empty": Bilingual("Ingen.", "None."),
    "agreement.total": Bilingual("I alt", "Total"),
    "agreement.total.between": Bilingual(
        "I alt, i 90 % af robusthedstestens udfald", "Total, in 90% of the stress test's draws"
    ),
    "agreement.unit": Bilingual("enhed", "unit"),
    "agreement.initiative": Bilingual("indsats", "initiative"),
    "agreement.track": Bilingual("spor", "track"),
    "agreement.start": Bilingual("start", "start"),
    "agreement.level": Bilingual("niveau", "level"),
    "agreement.kind": Bilingual("slags", "kind"),
    "agreement.skill": Bilingual("faggruppe", "skill"),
    "agreement.round": Bilingual("aftaleperiode", "round"),
    "agreement.status": Bilingual("status", "status"),
    "agreement.indicator": Bilingual("indikator", "indicator"),
    "agreement.definition": Bilingual("definition", "definition"),
    "agreement.measure": Bilingual("enhed for måling", "unit of measurement"),
    "agreement.owner": Bilingual("dataejer (rolle)", "data owner (role)"),
    "agreement.frequency": Bilingual("hyppighed", "frequency"),
    "agreement.requires": Bilingual("kræver", "requires"),
    "agreement.where": Bilingual("hvor", "where"),
    "agreement.lag": Bilingual("hvornår", "when"),
    "agreement.required.starts": Bilingual("den krævede indsats", "the required initiative"),
    "agreement.required.starts.in": Bilingual("starter {year} i planen", "starts {year} in the plan"),
    "agreement.required.running": Bilingual("kører siden {year}", "runs since {year}"),
    "agreement.required.not": Bilingual("starter ikke i enheden", "does not start in the unit"),
    "agreement.scope.same_unit": Bilingual("samme enhed", "same unit"),
    "agreement.scope.any_unit": Bilingual("mindst én enhed", "any unit"),
    "agreement.scope.all_units": Bilingual("alle enheder", "all units"),
    "agreement.lag.none": Bilingual("senest samme år", "same year at the latest"),
    "agreement.lag.years": Bilingual("mindst {years} år før", "at least {years} years before"),
    "agreement.tonnes.in_plan": Bilingual("t CO₂e {year} i planen", "t CO₂e {year} in plan"),
    "agreement.tonnes.alone": Bilingual("t CO₂e {year} alene", "t CO₂e {year} alone"),
    "agreement.tonnes.low": Bilingual("{year} alene, lav effekt", "{year} alone, low effect"),
    "agreement.tonnes.high": Bilingual("{year} alene, høj effekt", "{year} alone, high effect"),
    "agreement.grade.effect": Bilingual("effekt dokumenteret som", "effect documented as"),
    "agreement.grade.cost": Bilingual("pris dokumenteret som", "cost documented as"),
    "agreement.nearest": Bilingual("i nærmeste plan", "in nearest plan"),
    "agreement.nearest.other": Bilingual("andet år ({year})", "other year ({year})"),
    "agreement.metered": Bilingual(
        "Målt på enhedens forbrug, hele planen", "Metered on the unit's consumption, whole plan"
    ),
    "agreement.count.own": Bilingual("egne starter", "own starts"),
    "agreement.count.group_wide": Bilingual("koncernfælles", "group-wide"),
    "agreement.count.running": Bilingual("igangværende", "running"),
    "agreement.capex.round": Bilingual("anlæg i perioden, 1.000 kr.", "capex in the round, DKK 1,000"),
    "agreement.files": Bilingual("filer", "files"),
    "agreement.sheet.index": Bilingual("Enhederne", "The units"),
    "agreement.short.index": Bilingual("Enheder", "Units"),
    "agreement.sheet.own": Bilingual("Indsatser, enheden starter", "Initiatives the unit starts"),
    "agreement.short.own": Bilingual("Indsatser", "Initiatives"),
    "agreement.sheet.group_wide": Bilingual(
        "Koncernfælles indsatser hos enheden", "Group-wide initiatives acting on the unit"
    ),
    "agreement.short.group_wide": Bilingual("Koncernfælles", "Group-wide"),
    "agreement.sheet.money": Bilingual("Penge, 1.000 kr.", "Money, DKK 1,000"),
    "agreement.short.money": Bilingual("Penge", "Money"),
    "agreement.sheet.staff": Bilingual("Årsværk", "Full-time equivalents"),
    "agreement.short.staff": Bilingual("Årsværk", "Staff"),
    "agreement.sheet.indicators": Bilingual("Indikatorer til opfølgning", "Indicators for follow-up"),
    "agreement.short.indicators": Bilingual("Indikatorer", "Indicators"),
    "agreement.sheet.prerequisites": Bilingual("Hvad der skal være startet først", "What must have started first"),
    "agreement.short.prerequisites": Bilingual("Forudsætninger", "Prerequisites"),
    "agreement.sheet.running": Bilingual(
        "Igangværende indsatser, som regnes med på forhånd", "Running initiatives, counted beforehand"
    ),
    "agreement.short.running": Bilingual("Igangværende", "Running"),
    "agreement.sheet.only_nearest": Bilingual("Kun i den nærmeste plan", "Only in the nearest plan"),
    "agreement.short.only_nearest": Bilingual("Kun i nærmeste plan", "Only in nearest plan"),
    "agreement.note.tonnes": Bilingual(
        "Ton fjernet i året. “I planen”: overlap mellem indsatser er fordelt, så tallene kan lægges sammen. “Alene”: kun "
        "denne start; tallene kan ikke lægges sammen. Lav og høj: alene med tabellernes lave og høje effekt, alt andet som ventet. "
        "{moves} Koncernfælles indsatsers tal gælder hele regionen.",
        "Tonnes removed in the year. “In plan”: overlap of initiatives is shared, so that figures add up. “Alone”: this "
        "start only; these do not add up. Low and high: alone with the tables' low and high effect, all else as expected. "
        "{moves} Figures of group-wide initiatives are for the whole region.",
    ),
    "agreement.note.moves": Bilingual(
        "Som regel er tallet i planen mindre end alene; det er større, hvor en anden indsats i planen øger virkningen, eller "
        "øger den udledning, den virker på. Fra år til år stiger det, mens indsatsen udrulles, og falder, når "
        "fremskrivningen falder (som når strømmen bliver grønnere), når flere indsatser virker på samme kilde, og når "
        "effekten aftager.",
        "As a rule the figure in the plan is smaller than alone; it is larger where another initiative of the plan raises "
        "the effect, or the emissions that it acts on. From year to year it rises while the initiative is rolled out, and "
        "falls when the background falls (as when electricity gets greener), when more initiatives act on the same source, "
        "and when the effect decays.",
    ),
    "agreement.note.money": Bilingual(
        "Hele tusinde kroner. Anlæg er betalinger i året. Undgåede indkøb er en øvre grænse. Koncernfælles indsatsers "
        "penge står hos den enhed, der bærer dem. Målte besparelser hører til enhedens forbrug og er hele planens, "
        "koncernfælles indsatser medregnet.",
        "Thousands of DKK. Capex is paid in the year. Avoided purchases are an upper bound. Money of group-wide "
        "initiatives stands with the unit that bears it. Metered savings belong to the unit's consumption and are those "
        "of the whole plan, group-wide included.",
    ),
    "agreement.note.staff": Bilingual(
        "Årsværk i året til de indsatser, enheden bærer, efter faggruppe; regnearket viser dem pr. indsats.",
        "FTE in the year for the initiatives the unit bears, by skill; the workbook shows them by initiative.",
    ),
    "agreement.note.running": Bilingual(
        "De ligger i fremskrivningen og tælles ikke som aftalens effekt. “Antaget” betyder, at regionen ikke har "
        "bekræftet dem.",
        "They are part of the background and do not count as the agreement's effect. “Assumed” means that the region has "
        "not confirmed them.",
    ),
    "agreement.note.only_nearest": Bilingual(
        "Starter i perioden i den nærmeste plan, men slet ikke i denne.",
        "Start in the round in the nearest plan, but not at all in this one.",
    ),
    "agreement.note.index": Bilingual(
        "Ton er enhedernes egne starters. En koncernfælles indsats står hos hver enhed, den virker på; dens anlæg hos den "
        "enhed, der bærer den. I alt tæller den én gang.",
        "Tonnes are those of the units' own starts. A group-wide initiative is listed with every unit it acts on; its "
        "capex with the unit that bears it. The total counts it once.",
    ),
}
