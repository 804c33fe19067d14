"""Texts of the dossiers of units, and of what was read back from them."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

DOSSIERS = {
    "dossier.title": Bilingual("Aftalegrundlag {first}–{last}: {unit}", "Dossier {first}–{last}: {unit}"),
    "dossier.lead.signs": Bilingual("Hvad enheden skriver under på", "What the unit signs"),
    "dossier.lead.why": Bilingual("Hvorfor", "Why"),
    "dossier.lead.answer": Bilingual("Sådan svarer enheden", "How the unit answers"),
    "dossier.lead.since": Bilingual("Siden sidste aftaleperiode", "Since the last round"),
    "dossier.starts.own": Bilingual(
        "{count} egne indsatser starter i {first}–{last}.", "{count} own initiatives start in {first}–{last}."
    ),
    "dossier.starts.own.one": Bilingual(
        "Én egen indsats starter i {first}–{last}.", "One own initiative starts in {first}–{last}."
    ),
    "dossier.starts.own.none": Bilingual(
        "Ingen egne indsatser starter i {first}–{last}.", "No own initiatives start in {first}–{last}."
    ),
    "dossier.starts.carried": Bilingual(
        "Enheden bærer {count} koncernfælles indsatser.", "The unit carries {count} group-wide initiatives."
    ),
    "dossier.starts.carried.one": Bilingual(
        "Enheden bærer én koncernfælles indsats.", "The unit carries one group-wide initiative."
    ),
    "dossier.starts.acting": Bilingual(
        "{count} koncernfælles indsatser, som andre bærer, virker på den.",
        "{count} group-wide initiatives that others carry act on it.",
    ),
    "dossier.starts.acting.one": Bilingual(
        "Én koncernfælles indsats, som en anden bærer, virker på den.",
        "One group-wide initiative that another unit carries acts on it.",
    ),
    "dossier.track": Bilingual("{track}: {initiatives}.", "{track}: {initiatives}."),
    "dossier.track.one": Bilingual("{initiative} ({start})", "{initiative} ({start})"),
    "dossier.track.more": Bilingual("{count} flere", "{count} more"),
    "dossier.part": Bilingual(
        "Enhedens egne indsatser, der starter i {first}–{last}, fjerner {tonnes} t CO₂e i {year} i planen. Det er {share} af "
        "det, alle planens nye indsatser fjerner i hele regionen, uanset hvornår de starter.",
        "The unit's own initiatives that start in {first}–{last} take off {tonnes} t CO₂e in {year} in the plan. That is "
        "{share} of what all new initiatives of the plan take off in the whole region, whenever they start.",
    ),
    "dossier.part.later": Bilingual(
        "Med dem, som planen lader enheden starte i andre år, bliver det {tonnes} t i {year}.",
        "With those that the plan lets the unit start in other years it is {tonnes} t in {year}.",
    ),
    "dossier.shared": Bilingual(
        "Mængder i indsatsers navne gælder hele regionen. Hvor stor en del der er enhedens, står i tabellen “{table}”.",
        "Amounts in the names of initiatives are those of the whole region. How much of it is the unit's stands in the table "
        "“{table}”.",
    ),
    "dossier.between": Bilingual(
        "I 90 % af robusthedstestens udfald er det mellem {low} og {high} t CO₂e, som foreslået.",
        "In 90% of the stress test's draws it is between {low} and {high} t CO₂e, as proposed.",
    ),
    "dossier.no_stress": Bilingual(
        "Kørslen har ingen robusthedstest; intervallerne i tabellen er for hver indsats alene.",
        "The run has no stress test; the intervals in the table are of each initiative alone.",
    ),
    "dossier.in_account": Bilingual(
        "Hver for sig fjerner de i alt {alone} t; det officielle klimaregnskab vil vise {shown} t.",
        "By themselves they take off {alone} t in all; the official climate account will show {shown} t.",
    ),
    "dossier.in_account.all": Bilingual(
        "Det officielle klimaregnskab vil vise det hele.", "The official climate account will show all of it."
    ),
    "dossier.cost": Bilingual(
        "Det koster enheden {capex} i anlæg og {opex} i drift i {first}–{last}",
        "It costs the unit {capex} of capex and {opex} of opex in {first}–{last}",
    ),
    "dossier.saves": Bilingual("; {parts} i de år.", "; in those years {parts}."),
    "dossier.saves.own": Bilingual(
        "dens egne starter sparer {amount} ud over forbruget", "its own starts save {amount} beside consumption"
    ),
    "dossier.saves.metered": Bilingual(
        "hele planen sparer {amount} på dens forbrug", "the whole plan saves {amount} on its consumption"
    ),
    "dossier.saves.and": Bilingual(", og ", ", and "),
    "dossier.saves.none": Bilingual("det sparer ingen penge", "it saves no money"),
    "dossier.ahead": Bilingual(
        "Regionen har besluttet {initiative}, senest i {latest}; i planen starter den efter denne aftaleperiode, i {start}",
        "The region has decided {initiative}, in {latest} at the latest; in the plan it starts after this round, in {start}",
    ),
    "dossier.ahead.not": Bilingual(
        "Regionen har besluttet {initiative}, senest i {latest}; planen starter den ikke",
        "The region has decided {initiative}, in {latest} at the latest; the plan does not start it",
    ),
    "dossier.ahead.adds": Bilingual(
        ", og den lægger {tonnes} t CO₂e til i {year}", ", and it adds {tonnes} t CO₂e in {year}"
    ),
    "dossier.replaces": Bilingual("Det erstatter {others}, som kører nu.", "It replaces {others}, which run now."),
    "dossier.replaces.none": Bilingual(
        "Ingen af dem erstatter en indsats, der kører nu.", "None of them replaces an initiative that runs now."
    ),
    "dossier.warnings.none": Bilingual(
        "Advarsler og indsatser i reserve er ikke beregnet for kørslen {run}: giv kommandoen “rmscenario signposts”, og "
        "skriv aftalegrundlagene igen.",
        "Warnings and initiatives in reserve have not been computed for the run {run}: give the command “rmscenario "
        "signposts”, and write the dossiers again.",
    ),
    "dossier.scenario": Bilingual(
        "Foreslået ud fra scenariet “{scenario}”. Penge i faste {price_year}-priser.",
        "Proposed from the scenario “{scenario}”. Money in real {price_year} prices.",
    ),
    "dossier.answer": Bilingual(
        "Svar i regnearket {file} på arket “{sheet}”, linje for linje: accepteret, ændret (med ny start eller nyt niveau) "
        "eller afvist, og skriv gerne en kommentar. Et tomt svar betyder, at enheden ikke har svaret. Når svarene er læst "
        "ind, lægges planen om efter dem, før noget skrives under.",
        "Answer in the workbook {file} on the sheet “{sheet}”, line by line: accepted, changed (with another start or "
        "level) or refused, with a comment if you like. A blank answer means that the unit has not answered. Once the "
        "answers are read back, the region is planned anew with them before anything is signed.",
    ),
    "dossier.answer.none": Bilingual(
        "Enheden har ingen linjer at svare på i denne aftaleperiode.",
        "The unit has no lines to answer in this round.",
    ),
    "dossier.signed": Bilingual(
        "Aftaleperioden er underskrevet. Ændringer skrives ind med “rmscenario round amend”.",
        "The round is signed. Changes are entered with “rmscenario round amend”.",
    ),
    "dossier.rules_out": Bilingual("udelukker {others}", "rules out {others}"),
    "dossier.decided": Bilingual("{status}; besluttet", "{status}; decided"),
    "dossier.assumed": Bilingual("ingen: alle tal er antaget", "none: all figures are assumed"),
    "dossier.need.runs": Bilingual("kører i {unit}", "runs in {unit}"),
    "dossier.need.starts": Bilingual("starter i {unit} i {year}", "starts in {unit} in {year}"),
    "dossier.need.nobody": Bilingual("ingen starter den", "nobody starts it"),
    "dossier.known": Bilingual("ved udgangen af {year}", "at the end of {year}"),
    "dossier.trigger": Bilingual(
        "{observable} er {side} {value}{left}: så forfejles “{target}” i {miss_if} af udfaldene",
        "{observable} is {side} {value}{left}: then “{target}” is missed in {miss_if} of the draws",
    ),
    "dossier.trigger.level": Bilingual(
        "{observable} er {side} {value}{left}: så ender det i {year} over {level} i {miss_if} af udfaldene (planen venter "
        "{planned})",
        "{observable} is {side} {value}{left}: then {year} ends above {level} in {miss_if} of the draws (the plan expects "
        "{planned})",
    ),
    "dossier.trigger.left": Bilingual(
        ", og ingen tidligere advarsel har slået til", ", and no earlier warning has come true"
    ),
    "dossier.reserve": Bilingual("{initiative} i {units} fra {start}", "{initiative} in {units} from {start}"),
    "dossier.reserve.none": Bilingual("ingen indsats er i reserve", "no initiative is in reserve"),
    "dossier.since.new.count": Bilingual("{count} indsatser er nye", "{count} initiatives are new"),
    "dossier.since.new.count.one": Bilingual("én indsats er ny", "one initiative is new"),
    "dossier.since.goes_on.count": Bilingual("{count} fortsætter", "{count} go on"),
    "dossier.since.goes_on.count.one": Bilingual("én fortsætter", "one goes on"),
    "dossier.since.ends.count": Bilingual("{count} udløber", "{count} end"),
    "dossier.since.ends.count.one": Bilingual("én udløber", "one ends"),
    "dossier.since.dropped.count": Bilingual("{count} blev aftalt og kører ikke", "{count} were agreed and do not run"),
    "dossier.since.dropped.count.one": Bilingual("én blev aftalt og kører ikke", "one was agreed and does not run"),
    "dossier.milestone": Bilingual("{milestone} {day}", "{milestone} {day}"),
    "dossier.sheet.milestones": Bilingual("Milepæle", "Milestones"),
    "dossier.short.milestones": Bilingual("Milepæle", "Milestones"),
    "dossier.note.milestones": Bilingual(
        "Datoer, hvor det skal være nået. De følger af start, niveau og udrulning.",
        "Dates by which it is reached. They follow from start, level and ramp-up.",
    ),
    "dossier.column.milestones": Bilingual("nået senest", "reached by"),
    "dossier.since.new": Bilingual("ny", "new"),
    "dossier.since.goes_on": Bilingual("fortsætter", "goes on"),
    "dossier.since.ends": Bilingual("udløber", "ends"),
    "dossier.since.dropped": Bilingual("kører ikke", "does not run"),
    "dossier.short.answers": Bilingual("Svar", "Answers"),
    "dossier.sheet.answers": Bilingual("Enhedens svar", "The unit's answers"),
    "dossier.note.answers": Bilingual(
        "Kun de gule felter kan udfyldes. Vælg svar, start og niveau fra listerne; tomt er “som foreslået”, og et tomt svar "
        "er intet svar.",
        "Only the yellow cells can be filled in. Choose answer, start and level from the lists; blank is “as proposed”, and "
        "a blank answer is no answer.",
    ),
    "dossier.column.answer": Bilingual("svar", "answer"),
    "dossier.column.new_start": Bilingual("ny start", "new start"),
    "dossier.column.new_level": Bilingual("nyt niveau", "new level"),
    "dossier.column.comment": Bilingual("kommentar", "comment"),
    "dossier.list.answer": Bilingual("Vælg accepteret, ændret eller afvist.", "Choose accepted, changed or refused."),
    "dossier.list.number": Bilingual("Vælg fra listen.", "Choose from the list."),
    "dossier.list.comment": Bilingual("Højst {longest} tegn.", "At most {longest} characters."),
    "dossier.list.title": Bilingual("Kan ikke læses", "Cannot be read"),
    "dossier.sheet.signs": Bilingual("Indsatser, enheden skriver under på", "Initiatives that the unit signs"),
    "dossier.short.signs": Bilingual("Indsatser", "Initiatives"),
    "dossier.note.signs": Bilingual(
        "Efter spor. {share}{instead}En indsats, der er besluttet, kan ikke afvises.",
        "By track. {share}{instead}An initiative that is decided cannot be refused.",
    ),
    "dossier.note.instead": Bilingual(
        "“I stedet for”: hvad indsatsen afløser i enheden, eller udelukker. ",
        "“In the place of”: what the initiative supersedes in the unit, or rules out. ",
    ),
    "dossier.note.share": Bilingual(
        "“Enhedens andel”: mængder i indsatsens navn gælder hele regionen; så stor en del er enhedens efter modellen, som "
        "deler indsatsens penge og årsværk på samme måde, efter de ton den virker på. Enhedens egne ton står i næste tabel. ",
        "“The unit's part”: amounts in the name of an initiative are those of the whole region; this much is the unit's by the "
        "model, which divides the initiative's money and staff likewise, by the tonnes that it acts on. The unit's own tonnes "
        "are in the next table. ",
    ),
    "dossier.column.share": Bilingual("enhedens andel", "the unit's part"),
    "dossier.column.track": Bilingual("spor", "track"),
    "dossier.column.initiative": Bilingual("indsats", "initiative"),
    "dossier.column.start": Bilingual("start", "start"),
    "dossier.column.level": Bilingual("niveau", "level"),
    "dossier.column.status": Bilingual("status", "status"),
    "dossier.column.instead": Bilingual("i stedet for", "in the place of"),
    "dossier.sheet.tonnes": Bilingual("Ton CO₂e", "Tonnes of CO₂e"),
    "dossier.short.tonnes": Bilingual("Ton", "Tonnes"),
    "dossier.note.tonnes": Bilingual(
        "“I planen”: det, flere indsatser fjerner sammen af samme kilde, er delt mellem dem, så tallene kan lægges sammen. "
        "Lav, ventet og høj: indsatsen alene. “Regnskab”: hvad det officielle klimaregnskab vil vise af det ventede "
        "ved periodens slutning. {moves} Koncernfælles indsatsers tal gælder hele regionen og er ikke med i summen. Indsatser uden virkning på CO₂e, "
        "som de sociale, har ingen linje.",
        "“In the plan”: what several initiatives take off the same source together is shared among them, so that figures "
        "add up. Low, likely and high: the initiative alone. “Account”: what the official climate account will show "
        "of what is likely at the end of the round. {moves} Figures of group-wide initiatives are for the whole region and not in the total. "
        "Initiatives without effect on CO₂e, such as social ones, have no line.",
    ),
    "dossier.column.in_plan": Bilingual("i planen", "in the plan"),
    "dossier.column.low": Bilingual("lav", "low"),
    "dossier.column.mode": Bilingual("ventet", "likely"),
    "dossier.column.high": Bilingual("høj", "high"),
    "dossier.column.in_account": Bilingual("regnskab", "account"),
    "dossier.sheet.money": Bilingual("Penge pr. år, 1.000 kr.", "Money per year, DKK 1,000"),
    "dossier.short.money": Bilingual("Penge", "Money"),
    "dossier.note.money": Bilingual(
        "Anlæg er betalinger i året. Undgåede indkøb er en øvre grænse. Målte besparelser hører til enhedens forbrug og er "
        "hele planens.",
        "Capex is paid in the year. Avoided purchases are an upper bound. Metered savings belong to the unit's consumption "
        "and are those of the whole plan.",
    ),
    "dossier.column.kind": Bilingual("slags", "kind"),
    "dossier.sheet.staff": Bilingual("Årsværk pr. år", "Full-time equivalents per year"),
    "dossier.short.staff": Bilingual("Årsværk", "Staff"),
    "dossier.note.staff": Bilingual(
        "Årsværk i året til det, enheden svarer for.",
        "Full-time equivalents in the year for what the unit answers for.",
    ),
    "dossier.column.skill": Bilingual("faggruppe", "skill"),
    "dossier.sheet.indicators": Bilingual("Indikatorer", "Indicators"),
    "dossier.short.indicators": Bilingual("Indikatorer", "Indicators"),
    "dossier.note.indicators": Bilingual(
        "Før og mål ved udgangen af {year}; et tomt felt er en værdi, som ingen har oplyst endnu. For alle indsatser følges "
        "også startåret og den andel, der er udrullet.",
        "Before, and the target at the end of {year}; a blank cell is a value that nobody has given yet. Of all initiatives "
        "the year of the start and the share rolled out are followed up too.",
    ),
    "dossier.column.indicator": Bilingual("indikator", "indicator"),
    "dossier.column.base": Bilingual("før", "before"),
    "dossier.column.target": Bilingual("mål", "target"),
    "dossier.column.served": Bilingual("udrullet {year}", "rolled out {year}"),
    "dossier.column.measure": Bilingual("måles i", "measured in"),
    "dossier.column.owner": Bilingual("dataejer (rolle)", "data owner (role)"),
    "dossier.column.frequency": Bilingual("hyppighed", "frequency"),
    "dossier.sheet.acting": Bilingual(
        "Koncernfælles indsatser, andre bærer", "Group-wide initiatives that others carry"
    ),
    "dossier.short.acting": Bilingual("Koncernfælles", "Group-wide"),
    "dossier.note.acting": Bilingual(
        "De virker på enheden, men den svarer ikke for dem. Ton gælder hele regionen.",
        "They act on the unit, which does not answer for them. Tonnes are for the whole region.",
    ),
    "dossier.column.carrier": Bilingual("bæres af", "carried by"),
    "dossier.column.tonnes_all": Bilingual("t CO₂e {year}", "t CO₂e {year}"),
    "dossier.sheet.needs": Bilingual("Forudsætninger, andre leverer", "Prerequisites from others"),
    "dossier.short.needs": Bilingual("Forudsætninger", "Prerequisites"),
    "dossier.note.needs": Bilingual(
        "Hvad der skal være startet først, og hvor det sker i planen.",
        "What must have started first, and where that happens in the plan.",
    ),
    "dossier.column.requires": Bilingual("kræver", "requires"),
    "dossier.column.where": Bilingual("hvor", "where"),
    "dossier.column.when": Bilingual("hvornår", "when"),
    "dossier.column.provided": Bilingual("leveres", "provided"),
    "dossier.sheet.warnings": Bilingual("Advarsler og indsatser i reserve", "Warnings and initiatives in reserve"),
    "dossier.short.warnings": Bilingual("Advarsler", "Warnings"),
    "dossier.note.warnings": Bilingual(
        "Hvad der tidligt viser, at planen forfejler et mål eller ender højere end ventet, og hvad der så kan startes.",
        "What shows early that the plan misses a target or ends higher than expected, and what can be started then.",
    ),
    "dossier.column.trigger": Bilingual("hvis", "if"),
    "dossier.column.known": Bilingual("vides", "known"),
    "dossier.column.reserve": Bilingual("i reserve", "in reserve"),
    "dossier.column.here": Bilingual("i enheden", "in the unit"),
    "dossier.sheet.evidence": Bilingual("Dokumentation", "Evidence"),
    "dossier.short.evidence": Bilingual("Dokumentation", "Evidence"),
    "dossier.note.evidence": Bilingual(
        "Den svageste dokumentation af indsatsens tal, og hvor de tal er fra, som ingen har antaget.",
        "The weakest evidence of the initiative's figures, and where those are from that nobody assumed.",
    ),
    "dossier.column.effect": Bilingual("effekt", "effect"),
    "dossier.column.price": Bilingual("pris", "cost"),
    "dossier.column.sources": Bilingual("kilder", "references"),
    "dossier.sheet.since": Bilingual("Indsatser fra tidligere aftaleperioder", "Initiatives from earlier rounds"),
    "dossier.short.since": Bilingual("Siden sidst", "Since last round"),
    "dossier.note.since": Bilingual(
        "Hvad der kom fra tidligere perioder. “Antaget” er ikke underskrevet af nogen.",
        "What came from earlier rounds. “Assumed” was signed by nobody.",
    ),
    "dossier.column.since": Bilingual("hvad", "what"),
    "dossier.column.round": Bilingual("siden", "since"),
    "dossier.column.basis": Bilingual("grundlag", "basis"),
    "dossier.written": Bilingual(
        "{round}: aftalegrundlag for {count} enheder i {path}", "{round}: dossiers of {count} units in {path}"
    ),
    "dossier.written.one": Bilingual(
        "{round}: aftalegrundlag for {count} enhed i {path}", "{round}: dossier of {count} unit in {path}"
    ),
    "dossier.template.written": Bilingual(
        "Skabelon skrevet til {path}; ret den, som den skal være", "Template written to {path}; change it as you like"
    ),
    "answers.title": Bilingual("Svar på aftaleperioden {round}", "Answers to the round {round}"),
    "answers.none": Bilingual("Ingen ændringer.", "No changes."),
    "answers.changes": Bilingual("Ændringer", "Changes"),
    "answers.lead": Bilingual(
        "Enheder: {units}; ændringer: {changes}; linjer uden svar: {unanswered}.",
        "Units: {units}; changes: {changes}; lines without an answer: {unanswered}.",
    ),
    "answers.replan": Bilingual(
        "Læg planen om med svarene: `rmscenario run {path}`, og foreslå den kørsel.",
        "Plan anew with the answers: `rmscenario run {path}`, and propose that run.",
    ),
    "answers.change": Bilingual(
        "{unit} · {initiative} · {field}: {old} → {new} ({answer}){comment}",
        "{unit} · {initiative} · {field}: {old} → {new} ({answer}){comment}",
    ),
    "answers.blank": Bilingual("tomt", "blank"),
    "answers.open": Bilingual("intet svar", "no answer"),
    "answers.field.status": Bilingual("status", "status"),
    "answers.field.start": Bilingual("start", "start"),
    "answers.field.level": Bilingual("niveau", "level"),
    "answers.field.comment": Bilingual("kommentar", "comment"),
}
