"""Texts of the report that a director reads."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

PAGE = {
    "page.language.name": Bilingual("Dansk", "English"),
    "page.title": Bilingual("{region}: planen for klimamålene", "{region}: the plan for the climate targets"),
    "page.subtitle": Bilingual(
        "Scenarie: {scenario} · nye indsatser {first}–{last}", "Scenario: {scenario} · new initiatives {first}–{last}"
    ),
    "page.interrupted": Bilingual(
        "Kørslen blev afbrudt: rapporten viser det, der var regnet.",
        "The run was interrupted: the report shows what was computed until then.",
    ),
    "page.lead.targets": Bilingual("Planen når {met} af {count} mål.", "The plan meets {met} of {count} targets."),
    "page.section.now": Bilingual("Hvor vi er", "Where we are"),
    "page.section.account": Bilingual(
        "Hvad klimaregnskabets ændring {first}–{last} består af", "What the account's change {first}–{last} consists of"
    ),
    "page.section.followed": Bilingual("Opfølgning på aftaleperioderne", "Follow-up of the agreement rounds"),
    "page.account.own": Bilingual(
        "Regionens egen indsats er {own} af ændringen på {change}: {share}.",
        "The region's own effort is {own} of the change of {change}: {share}.",
    ),
    "page.followed.round": Bilingual(
        "{round}: af {count} forpligtelser {counts}.", "{round}: of {count} commitments {counts}."
    ),
    "page.followed.round.one": Bilingual("{round}: én forpligtelse, {counts}.", "{round}: one commitment, {counts}."),
    "page.followed.against": Bilingual(
        "Mod målsætningerne: aftaleperioden {round}", "Against the targets: round {round}"
    ),
    "page.followed.note": Bilingual(
        "Antal forpligtelser, og ton CO₂e om året af forpligtelser med data: lovet til den dag, hver senest er set, og med det, der da "
        "er set i drift, med effekterne, som de er målt, ellers som lovet; fysisk og som klimaregnskabet viser det. “Uden data” er "
        "lovet af dem, ingen har indberettet om; det er ikke nul.",
        "Numbers of commitments, and tonnes of CO₂e a year of commitments with data: promised for the day that each was last seen, and "
        "with what was seen in service then, effects as measured, else as promised; physically and as the account shows it. “Without "
        "data” is promised by those that nobody reported on; it is not zero.",
    ),
    "page.section.ahead": Bilingual("Hvor planen fører hen", "Where the plan leads"),
    "page.section.sure": Bilingual("Hvor sikkert det er", "How sure that is"),
    "page.section.analyses": Bilingual(
        "Hvad der driver det, og hvad der kan vente", "What drives it, and what can wait"
    ),
    "page.analysis.confidence": Bilingual("Hvad det koster at være mere sikker", "What it costs to be surer"),
    "page.analysis.drivers": Bilingual("Hvad der driver udfaldet", "What drives the outcome"),
    "page.analysis.regret": Bilingual("Hvad der kan gøres under alle omstændigheder", "What to do in any case"),
    "page.analysis.wait": Bilingual(
        "Hvad der skal underskrives nu, og hvad der kan vente", "What to sign now, and what can wait"
    ),
    "page.analysis.signposts": Bilingual("Hvad der skal holdes øje med", "What to watch"),
    "page.analyses.interrupted": Bilingual(
        "Afbrudt: svarene bygger på det, der var regnet til da.",
        "Interrupted: the answers rest on what was computed until then.",
    ),
    "page.analyses.missing": Bilingual(
        "{what}: ikke regnet ud for denne kørsel. Det kommer med “{command}”.",
        "{what}: not computed for this run. It comes with “{command}”.",
    ),
    "page.analyses.wish": Bilingual(
        "Scenariet skal ønske en sikkerhed af et mål.", "The scenario must wish for a confidence of a target."
    ),
    "page.section.missing": Bilingual("Hvad der mangler, og hvorfor", "What is missing, and why"),
    "page.section.further": Bilingual("Vejen til målet", "The way to the target"),
    "page.section.cost": Bilingual("Hvad det koster", "What it costs"),
    "page.section.units": Bilingual("Hvad hver enhed gør", "What each unit does"),
    "page.section.dossiers": Bilingual("Aftalegrundlag {first}–{last}", "Dossiers {first}–{last}"),
    "page.section.sources": Bilingual("Kilder og forudsætninger", "Sources and assumptions"),
    "page.fact.reached": Bilingual("Planen ender i {year} på", "In {year} the plan ends at"),
    "page.fact.judged": Bilingual("Planen i {year}, {how}", "The plan in {year}, {how}"),
    "page.fact.judged.goal": Bilingual(
        "Mål: {goal} ({name}); {planned}, hvis alt går som planlagt",
        "Target: {goal} ({name}); {planned} if all goes as planned",
    ),
    "page.fact.goal": Bilingual("Mål: {goal} ({name})", "Target: {goal} ({name})"),
    "page.fact.missing": Bilingual("Der mangler i {year}", "Missing in {year}"),
    "page.fact.without": Bilingual("{amount} uden nye indsatser", "{amount} without new initiatives"),
    "page.fact.chance": Bilingual("Sandsynlighed for at nå målet", "Probability of meeting the target"),
    "page.fact.draws": Bilingual("{draws} trækninger i robusthedstesten", "{draws} draws of the stress test"),
    "page.fact.net.gain": Bilingual("Overskud, nutidsværdi {years}", "Gain, present value {years}"),
    "page.fact.net.cost": Bilingual("Pris, nutidsværdi {years}", "Cost, present value {years}"),
    "page.fact.cashable.gain": Bilingual(
        "Overskud på {amount}, hvis ingen budgetter sænkes", "A gain of {amount} if no budget is lowered"
    ),
    "page.fact.cashable.cost": Bilingual(
        "En pris på {amount}, hvis ingen budgetter sænkes", "A cost of {amount} if no budget is lowered"
    ),
    "page.fact.capex": Bilingual("Anlæg {first}–{last}", "Capex {first}–{last}"),
    "page.fact.starts": Bilingual("Nye starter: {count}", "New starts: {count}"),
    "page.fact.assumed": Bilingual("Hviler på antagelser", "Rests on assumptions"),
    "page.fact.assumed.remark": Bilingual("af planens effekt", "of the plan's effect"),
    "page.now.background": Bilingual(
        "Gøres intet nyt, ender det i {year} på {amount}. Målet er “{name}”.",
        "If nothing new is done, it ends at {amount} in {year}. The target is “{name}”.",
    ),
    "page.now.background.judged": Bilingual(
        "Gøres intet nyt, ender det i {year} på {amount}, hvis alt går som planlagt; {how} {judged}. Målet er “{name}”.",
        "If nothing new is done, it ends at {amount} in {year} if all goes as planned; {how} {judged}. The target is “{name}”.",
    ),
    "page.now.running": Bilingual(
        "Igangværende indsatser regnes med i fremskrivningen: {parts}.",
        "Running initiatives are part of the background: {parts}.",
    ),
    "page.accounts.finding": Bilingual(
        "Der er offentliggjort {count} serier efter hver sin metode: forskellen mellem dem er ikke en reduktion",
        "There are {count} published series, each by its own method: the difference between them is no reduction",
    ),
    "page.accounts.finding.one": Bilingual("Det offentliggjorte klimaregnskab", "The published account"),
    "page.accounts.about": Bilingual(
        "Offentliggjorte klimaregnskaber · afgrænsning som målet: {boundary}",
        "Published accounts · boundary as that of the target: {boundary}",
    ),
    "page.accounts.table": Bilingual("Offentliggjorte klimaregnskaber, {unit}", "Published accounts, {unit}"),
    "page.running.table": Bilingual("Igangværende indsatser", "Running initiatives"),
    "page.running.line": Bilingual("Igangværende indsatser ({count})", "Running initiatives ({count})"),
    "page.year": Bilingual("år", "year"),
    "page.plan": Bilingual("Planen", "The plan"),
    "page.background": Bilingual("Uden nye indsatser", "Background"),
    "page.target": Bilingual("Mål", "Target"),
    "page.change": Bilingual("ændring", "change"),
    "page.category": Bilingual("kategori", "category"),
    "page.share": Bilingual("andel af det, der er tilbage", "share of what is left"),
    "page.starts": Bilingual("nye starter", "new starts"),
    "page.tonnes": Bilingual("ton CO₂e i {year}", "tonnes CO₂e in {year}"),
    "page.end.background": Bilingual("Uden nye indsatser\n{amount} i {year}", "Background\n{amount} in {year}"),
    "page.end.plan": Bilingual("Planen\n{amount} i {year}", "The plan\n{amount} in {year}"),
    "page.end.target": Bilingual("Mål\n{amount} fra {year}", "Target\n{amount} from {year}"),
    "page.fan.p05": Bilingual("Planen, P5", "The plan, P5"),
    "page.fan.p50": Bilingual("Planen, median", "The plan, median"),
    "page.fan.p95": Bilingual("Planen, P95", "The plan, P95"),
    "page.wedge.left": Bilingual("Restudledning", "Residual emissions"),
    "page.wedge.added": Bilingual("Lagt til af spor, der øger udledningen", "Added by tracks that emit more"),
    "page.wedge.table": Bilingual("Reduktion efter spor, {unit}", "Reduction by track, {unit}"),
    "page.wedge.note": Bilingual(
        "Indsatser på samme kilde overlapper. Den fælles reduktion er delt uafhængigt af rækkefølgen, så sporene "
        "tilsammen giver præcis afstanden mellem fremskrivning og plan.",
        "Initiatives on one source overlap. Their joint reduction is shared independently of order, so that the tracks "
        "together give exactly the distance between background and plan.",
    ),
    "page.sure.untested": Bilingual(
        "Planen er ikke robusthedstestet; der er ingen sandsynligheder.",
        "The plan was not stress tested; there are no probabilities.",
    ),
    "page.outcomes.what": Bilingual("hvad", "what"),
    "page.outcomes.probability": Bilingual("Sandsynlighed for at nå målet", "Probability of meeting the target"),
    "page.outcomes.plan": Bilingual("Planens eget tal", "The plan's own figure"),
    "page.evidence.finding": Bilingual(
        "{share} af {part} hviler på antagelser", "{share} of {part} rests on assumptions"
    ),
    "page.evidence.about": Bilingual(
        "Hvor godt svaret er dokumenteret, % af hver del", "How well the answer is documented, % of each part"
    ),
    "page.evidence.table": Bilingual("Dokumentation af svarets dele", "Documentation of the answer's parts"),
    "page.evidence.part": Bilingual("del af svaret", "part of the answer"),
    "page.evidence.note": Bilingual(
        "Effekt efter ton i planen, penge efter beløb, udgangspunkt og fremskrivning efter ton, rammer efter antal. Hvor "
        "flere tal indgår, tæller det svageste.",
        "Effect by tonnes in the plan, money by amounts, base and background by tonnes, limits by number. Where several "
        "figures are used, the weakest counts.",
    ),
    "page.evidence.base": Bilingual("Udgangspunkt", "Base"),
    "page.evidence.background": Bilingual("Fremskrivning", "Background"),
    "page.evidence.effect": Bilingual("Effekt", "Effect"),
    "page.evidence.cost": Bilingual("Penge", "Money"),
    "page.evidence.limits": Bilingual("Rammer", "Limits"),
    "page.evidence.of.base": Bilingual("udgangspunktet", "the base"),
    "page.evidence.of.background": Bilingual("fremskrivningen", "the background"),
    "page.evidence.of.effect": Bilingual("planens effekt", "the plan's effect"),
    "page.evidence.of.cost": Bilingual("pengene", "the money"),
    "page.evidence.of.limits": Bilingual("rammerne", "the limits"),
    "page.way.finding.met": Bilingual("Planen når målet", "The plan meets the target"),
    "page.way.finding.missed": Bilingual(
        "Der mangler {missing}; kendte indsatser kunne give det",
        "{missing} are missing; known initiatives could give it",
    ),
    "page.way.finding.beyond": Bilingual(
        "Der mangler {missing}; selv alle kendte indsatser, startet tidligst, ville mangle {still}",
        "{missing} are missing; even all known initiatives, started at their earliest, would lack {still}",
    ),
    "page.way.base": Bilingual("Udgangspunkt {year}", "Base {year}"),
    "page.way.background": Bilingual("Uden nye indsatser, {year}", "Background, {year}"),
    "page.way.plan": Bilingual("Planen, {year}", "The plan, {year}"),
    "page.way.planned": Bilingual("Planen, {year}, som planlagt", "The plan, {year}, as planned"),
    "page.way.judged": Bilingual("{step}, {how}", "{step}, {how}"),
    "page.way.about": Bilingual(
        "{target} · uden nye indsatser, planen og alt kendt: {how}",
        "{target} · background, plan and everything known: {how}",
    ),
    "page.way.everything": Bilingual("Alt kendt, startet tidligst", "Everything known, started at its earliest"),
    "page.way.target": Bilingual("Målet, {year}", "The target, {year}"),
    "page.way.table": Bilingual("Fra udgangspunktet til målet", "From the base to the target"),
    "page.way.step": Bilingual("trin", "step"),
    "page.way.note": Bilingual(
        "Alt kendt, startet tidligst: uden hensyn til penge, årsværk og antal starter.",
        "Everything known, started at its earliest: money, staff and number of starts left aside.",
    ),
    "page.left.finding": Bilingual(
        "{share} af det, der er tilbage i {year}, kommer fra {names}",
        "{share} of what is left in {year} comes from {names}",
    ),
    "page.left.about": Bilingual("{quantity} efter kategori · {target}", "{quantity} by category · {target}"),
    "page.left.others": Bilingual("Øvrige kategorier ({count})", "Other categories ({count})"),
    "page.left.table": Bilingual("Tilbage i {year} efter kategori, {unit}", "Left in {year} by category, {unit}"),
    "page.money.cashable": Bilingual("Besparelser, kontante", "Savings, cashable"),
    "page.money.avoided": Bilingual("Besparelser, undgåede indkøb", "Savings, avoided purchases"),
    "page.money.budget.capex": Bilingual("Ramme, anlæg", "Budget, capex"),
    "page.money.budget.opex": Bilingual("Ramme, drift", "Budget, opex"),
    "page.money.table": Bilingual("Penge efter år, {unit}", "Money by year, {unit}"),
    "page.units.finding": Bilingual(
        "Af enhederne giver {unit} mest i {year}: {amount}; koncernfælles indsatser giver {group}",
        "Of the units {unit} gives most in {year}: {amount}; group-wide initiatives give {group}",
    ),
    "page.units.finding.none": Bilingual("Ingen enheds starter sænker udledningen", "No unit's starts lower emissions"),
    "page.units.about": Bilingual(
        "Reduktion i {year} efter enhed og spor af alle planens starter, overlap delt",
        "Reduction in {year} by unit and track of all starts of the plan, overlap shared",
    ),
    "page.units.table": Bilingual("Reduktion i {year} efter enhed, {unit}", "Reduction in {year} by unit, {unit}"),
    "page.schedule.table": Bilingual("Planens starter", "The starts of the plan"),
    "page.schedule.note": Bilingual(
        "Ton CO₂e i {year} i planen, overlap delt. Koncernfælles indsatser virker i alle enheder og står for sig selv.",
        "Tonnes CO₂e in {year} in the plan, overlap shared. Group-wide initiatives act in every unit and stand apart.",
    ),
    "page.dossiers": Bilingual(
        "Hver enheds del af planen, som den kan skrives under: indsatser og hvorfor, ton, penge, årsværk, milepæle, "
        "indikatorer, hvad andre skal gøre først, og hvad der ændrer sig siden sidste aftaleperiode.",
        "Each unit's part of the plan as it can be signed: initiatives and why, tonnes, money, staff, milestones, "
        "indicators, what others must do first, and what changes since the last round.",
    ),
    "page.dossiers.open": Bilingual(
        "Sådan ser de ud, hvis planen foreslås: “rmscenario round propose {round} --from {run}”. Enhederne svarer derefter "
        "i hver sit regneark, som “rmscenario round dossier {round}” skriver.",
        "This is how they look if the plan is proposed: “rmscenario round propose {round} --from {run}”. The units then "
        "answer in workbooks that “rmscenario round dossier {round}” writes.",
    ),
    "page.dossiers.table": Bilingual("Enhederne", "The units"),
    "page.dossiers.note": Bilingual(
        "Indsatser, som enheden svarer for, mod tidligere aftaleperioder. Ton er dem, dens egne starter i "
        "aftaleperioden fjerner, overlap fordelt; figuren over enhederne har alle planens starter. Anlæg er også de koncernfælles indsatsers, som den bærer; deres ton er ikke i tabellen.",
        "Initiatives that the unit answers for, against earlier rounds. Tonnes are those that its own starts in the round take "
        "off, overlap shared; the figure of the units has all starts of the plan. "
        "Capex includes that of the group-wide initiatives it carries; their tonnes are not in the table.",
    ),
    "page.sources.grades": Bilingual(
        "Hvert tal har en kilde og en karakter, bedst først: målt, offentliggjort, afledt, efter hukommelsen, antagelse.",
        "Every figure has a source and a grade, best first: measured, published, derived, recalled, assumption.",
    ),
    "page.sources.overlap": Bilingual(
        "To indsatser på hver 30 % af samme kilde giver 51 %, ikke 60 %: reduktioner ganges og lægges ikke sammen.",
        "Two initiatives of 30% each on one source give 51%, not 60%: reductions multiply and are not added.",
    ),
    "page.sources.draws": Bilingual(
        "Planens egne tal bruger det mest sandsynlige af alt. Robusthedstesten trækker effekter, fremskrivning, forsinkelser "
        "og priser på ny for den samme plan.",
        "The plan's own figures take the most likely of everything. The stress test draws effects, background, delays and "
        "costs anew for the same plan.",
    ),
    "page.sources.public": Bilingual("Offentlige kilder", "Public sources"),
    "page.sources.assumed": Bilingual("Antagelser og udledninger", "Assumptions and derivations"),
    "page.sources.note": Bilingual(
        "Titler og bemærkninger står, som de er skrevet i regionens tabeller.",
        "Titles and notes stand as they are written in the region's tables.",
    ),
    "page.sources.column.title": Bilingual("kilde", "source"),
    "page.sources.column.grades": Bilingual("tal efter karakter", "figures by grade"),
    "page.sources.column.remark": Bilingual("bemærkning", "note"),
    "page.sources.column.url": Bilingual("adresse (læst)", "address (read)"),
    "page.grades.table": Bilingual(
        "Tal i regionens tabeller efter karakter", "Figures in the region's tables by grade"
    ),
    "page.grades.grade": Bilingual("karakter", "grade"),
    "page.grades.count": Bilingual("antal tal", "figures"),
    "page.grades.share": Bilingual("andel", "share"),
    "page.goals.table": Bilingual("Målene", "The targets"),
    "page.goals.name": Bilingual("mål", "target"),
    "page.goals.year": Bilingual("år", "year"),
    "page.goals.background": Bilingual("uden nye indsatser", "background"),
    "page.goals.plan": Bilingual("planen", "the plan"),
    "page.goals.goal": Bilingual("målet", "the goal"),
    "page.goals.missing": Bilingual("mangler", "missing"),
    "page.goals.met": Bilingual("nås", "met"),
    "page.goals.probability": Bilingual("sandsynlighed", "probability"),
    "page.goals.range": Bilingual("9 af 10 udfald", "9 of 10 outcomes"),
    "page.goals.between": Bilingual("{low} til {high}", "{low} to {high}"),
    "page.foot": Bilingual(
        "Skrevet af rmscenario {version} ud fra en kørsel af {made}.",
        "Written by rmscenario {version} from a run of {made}.",
    ),
    "page.foot.draws": Bilingual(
        "Robusthedstest: {draws} trækninger, frø {seed}.", "Stress test: {draws} draws, seed {seed}."
    ),
    "page.word.skip": Bilingual("Gå til indholdet", "Skip to the content"),
    "page.word.contents": Bilingual("Indhold", "Contents"),
    "page.word.language": Bilingual("Sprog", "Language"),
    "page.word.table": Bilingual("Tal som tabel", "Figures as a table"),
    "page.word.all_units": Bilingual("Alle enheder", "All units"),
    "page.word.all_tracks": Bilingual("Alle spor", "All tracks"),
    "page.word.unit": Bilingual("Enhed", "Unit"),
    "page.word.track": Bilingual("Spor", "Track"),
    "page.word.choose": Bilingual("Vælg, hvilke starter der vises", "Choose which starts are shown"),
    "page.word.count": Bilingual("Viser [shown] af [all] starter", "Showing [shown] of [all] starts"),
    "page.word.chart": Bilingual("Tallene står i tabellen under figuren.", "The figures stand in the table below."),
    "page.word.scroll": Bilingual("tabel, kan rulles til siden", "table, scrolls sideways"),
    "page.word.none": Bilingual("ingen", "none"),
    "page.word.noscript": Bilingual(
        "Figurerne tegnes af et script i filen, som er slået fra her. Alle tal står i tabellerne.",
        "The figures are drawn by a script in the file, which is switched off here. All figures stand in the tables.",
    ),
}
