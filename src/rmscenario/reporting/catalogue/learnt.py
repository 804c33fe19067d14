"""Texts of what follow-up teaches."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

LEARNT = {
    "learn.title": Bilingual(
        "Hvad opfølgningen på {round} lærer os: {title}", "What follow-up of {round} teaches: {title}"
    ),
    "learn.lead": Bilingual(
        "Realisering er målt effekt delt med lovet effekt af det, der er i drift; lovet er den mest sandsynlige effekt i tabellerne. "
        "Målinger af én indsats i én enhed låner af målinger i andre enheder og af andre indsatser på samme spor, mere jo mere "
        "usikre de selv er. Intervaller er 90 %.",
        "Realisation is measured effect over promised effect of what is in service; promised is the most likely effect of the tables. "
        "What is measured of one initiative in one unit borrows from other units and from other initiatives of its track, the more the "
        "less sure it is itself. Intervals are 90%.",
    ),
    "learn.common": Bilingual(
        "På tværs af alle indsatser kommer {mean} af det lovede ({low} til {high}), før spor, enhed og indsats tæller.",
        "Over all initiatives {mean} of what was promised comes about ({low} to {high}), before track, unit and initiative count.",
    ),
    "learn.curse": Bilingual(
        "Indsatser, der ser bedre ud end andre på deres spor, holder mindre: {slope} procentpoint realisering for hver "
        "standardafvigelse, løftet ligger over sporets middel ({low} til {high}). Det regnes med for alle indsatser, valgte og fravalgte, "
        "så fravalgte ikke trækkes ned af, at de valgte var for godt bedømt.",
        "Initiatives that look better than others of their track hold less: {slope} percentage points of realisation for each "
        "standard deviation that the promise stands above its track's mean ({low} to {high}). It counts for all initiatives, chosen or "
        "not, so that those passed over are not pulled down because the chosen ones were judged too well.",
    ),
    "learn.wider": Bilingual(
        "Fordelinger kan blive bredere end før: tabellernes tal siger, hvor usikker hver indsats er for sig, ikke at løfter under ét kan "
        "være for høje.",
        "Distributions may be wider than before: the tables say how unsure each initiative is by itself, not that promises as a whole "
        "may be too high.",
    ),
    "learn.nothing": Bilingual(
        "Ingen værdi siger noget om en effekt. Intet ændres.", "No value says anything of an effect. Nothing changes."
    ),
    "learn.outlier": Bilingual(
        "{commitment}, {indicator}, {day}: målt {value} realisering ligger langt fra, hvad alt andet lader vente. Den tæller med "
        "standardfejlen {counted} i stedet for {error}. Se værdien efter.",
        "{commitment}, {indicator}, {day}: a measured realisation of {value} is far off what all else leads to expect. It counts with "
        "a standard error of {counted} instead of {error}. Check the value.",
    ),
    "learn.options": Bilingual("Det, der er målt", "What was measured"),
    "learn.options.note": Bilingual(
        "Lånt er den del af ændringen, i procentpoint, der kommer af andres målinger.",
        "Borrowed is the part of the change, in percentage points, that comes of what was measured of others.",
    ),
    "learn.initiatives": Bilingual("Alle indsatser, gennemsnit over enheder", "All initiatives, mean over units"),
    "learn.initiatives.note": Bilingual(
        "Enheder vægtes efter det klimaaftryk, indsatsen virker på. Tabellerne har én effekt for en indsats i alle enheder.",
        "Units weigh by the footprint that the initiative acts on. The tables have one effect for an initiative in all units.",
    ),
    "learn.units.differ": Bilingual(
        "{initiative} holder tydeligt forskelligt fra enhed til enhed ({low} i {worst}, {high} i {best}); tabellerne kan kun sige "
        "gennemsnittet.",
        "{initiative} clearly holds differently from unit to unit ({low} in {worst}, {high} in {best}); the tables can only say the mean.",
    ),
    "learn.effects": Bilingual("Nye effekter", "New effects"),
    "learn.effects.note": Bilingual(
        "Lav, mest sandsynlig og høj, før og efter. Fordelingens form er den, den var; 5, 50 og 95 % er det lærtes. Effekter, der er "
        "sikre, eller som lægger til et andet sted, er uændrede.",
        "Low, most likely and high, before and after. The kind of distribution is what it was; its 5, 50 and 95% are those learnt. "
        "Effects that are certain, or that add elsewhere, stay.",
    ),
    "learn.effects.cut": Bilingual(
        "* skåret af, hvor tabellerne ikke kan sige mere: intet under 0, intet over alt, hvad der er.",
        "* cut off where the tables can say no more: nothing below 0, nothing above all there is.",
    ),
    "learn.silent": Bilingual("Værdier, der intet siger om effekter", "Values that say nothing of effects"),
    "learn.silent.account": Bilingual(
        "et regnskabstal, hvor alt mødes", "a figure of an account, where everything meets"
    ),
    "learn.silent.delivery": Bilingual(
        "siger, hvor langt indsatsen er nået; brugt til at skille levering fra effekt",
        "says how far the initiative has come; used to tell delivery from effect",
    ),
    "learn.silent.replaced": Bilingual("erstattet af en senere indberetning", "replaced by a later report"),
    "learn.silent.not_agreed": Bilingual("aftalen er afvist eller erstattet", "the commitment was refused or replaced"),
    "learn.silent.no_effect": Bilingual(
        "tabellerne har ingen usikker effekt af indsatsen", "the tables have no uncertain effect of the initiative"
    ),
    "learn.silent.no_target": Bilingual("mangler basis- eller målværdi", "base or target value is missing"),
    "learn.silent.too_early": Bilingual(
        "kan være fra før starten, for der aflæses og indberettes op til et kvartal efter",
        "may be of before the start, since meters are read and reports made up to a quarter of a year late",
    ),
    "learn.silent.too_unsure": Bilingual(
        "for usikker: fejlen er større end hele løftet for det, der var i drift",
        "too unsure: its error is larger than all that was promised of what was in service",
    ),
    "learn.silent.not_in_service": Bilingual("intet var i drift endnu", "nothing was in service yet"),
    "learn.column.initiative": Bilingual("Indsats", "Initiative"),
    "learn.column.unit": Bilingual("Enhed", "Unit"),
    "learn.column.promised": Bilingual("Lovet", "Promised"),
    "learn.column.observed": Bilingual("Målt", "Measured"),
    "learn.column.posterior": Bilingual("Nu ventet", "Now expected"),
    "learn.column.borrowed": Bilingual("Lånt", "Borrowed"),
    "learn.column.values": Bilingual("Målinger", "Values"),
    "learn.column.effect": Bilingual("Effekt på", "Effect on"),
    "learn.column.before": Bilingual("Før", "Before"),
    "learn.column.after": Bilingual("Efter", "After"),
    "learn.column.indicator": Bilingual("Indikator", "Indicator"),
    "learn.column.day": Bilingual("Dag", "Day"),
    "learn.column.why": Bilingual("Hvorfor", "Why"),
    "learn.interval": Bilingual("{middle} ({low}–{high})", "{middle} ({low}–{high})"),
    "learn.overlay.title": Bilingual("Lært af opfølgningen på {round}", "Learnt from follow-up of {round}"),
    "learn.overlay.measured": Bilingual(
        "Målt i opfølgningen på {round}; før {before}", "Measured in the follow-up of {round}; before {before}"
    ),
    "learn.overlay.derived": Bilingual(
        "Afledt af, hvad opfølgningen på {round} målte af andre indsatser; før {before}",
        "Derived from what the follow-up of {round} measured of other initiatives; before {before}",
    ),
    "learn.overlay.note": Bilingual(
        "Posterior af realisering, delvist samlet over enheder og spor",
        "Posterior of realisation, pooled partially over units and tracks",
    ),
    "learn.lay": Bilingual(
        "Den næste plan bruger det lærte, når den laves med: rmscenario run {scenarios}",
        "The next plan uses what was learnt if it is made with: rmscenario run {scenarios}",
    ),
    "replan.title": Bilingual(
        "Ny plan efter opfølgningen på {round}: {title}", "New plan after follow-up of {round}: {title}"
    ),
    "replan.lead": Bilingual(
        "Starter, der kommer til: {added}; falder ud: {dropped}; flyttes: {moved}; er som før: {kept}.",
        "Starts added: {added}; dropped: {dropped}; moved: {moved}; as before: {kept}.",
    ),
    "replan.causes": Bilingual("Ændringerne skyldes: {causes}.", "The changes are because of: {causes}."),
    "replan.same": Bilingual("Planen er den samme: alle {kept} starter.", "The plan is the same: all {kept} starts."),
    "replan.figures": Bilingual("Før og efter", "Before and after"),
    "replan.figures.note": Bilingual(
        "Midterste kolonne er den gamle plan med de nye effekter: det, den nu ventes at give.",
        "The middle column is the former plan with the new effects: what it is now expected to give.",
    ),
    "replan.changes": Bilingual("Hvad der ændres, og hvorfor", "What changes, and why"),
    "replan.changes.note": Bilingual(
        "Værdi er, hvad ændringen alene forbedrer den gamle plan med, som lovet og med alt lært.",
        "Worth is what the change alone improves the former plan by, as promised and with all that was learnt.",
    ),
    "replan.because.own": Bilingual("indsatsens egen effekt", "its own effect"),
    "replan.because.others": Bilingual("andres effekt", "the effect of others"),
    "replan.because.together": Bilingual("plads blandt andre", "room among others"),
    "replan.none": Bilingual("ingen", "none"),
    "replan.column.figure": Bilingual("Tal", "Figure"),
    "replan.column.former": Bilingual("Gammel plan, lovet", "Former plan, promised"),
    "replan.column.learnt": Bilingual("Gammel plan, lært", "Former plan, learnt"),
    "replan.column.new": Bilingual("Ny plan, lært", "New plan, learnt"),
    "replan.column.was": Bilingual("Var", "Was"),
    "replan.column.is": Bilingual("Bliver", "Becomes"),
    "replan.column.because": Bilingual("Skyldes", "Because of"),
    "replan.column.worth": Bilingual("Værdi, lovet", "Worth, promised"),
    "replan.column.worth_all": Bilingual("Værdi, lært", "Worth, learnt"),
    "replan.avoided": Bilingual("Reduktion i {year}", "Reduction in {year}"),
    "replan.residual": Bilingual("{target}: udledning tilbage i {year}", "{target}: left in {year}"),
    "replan.residual.until": Bilingual("{target}: sum til og med {year}", "{target}: sum until {year}"),
    "replan.npv": Bilingual("Nutidsværdi af omkostninger", "Present value of costs"),
    "replan.minimised": Bilingual(
        "Det, planen gør mindst: omkostninger minus kulstofværdi plus pris på manko",
        "What the plan minimises: costs less carbon value plus price of shortfalls",
    ),
    "replan.minimised.note": Bilingual(
        "Af de planer, der holder grænser og hårde mål, er den valgt, hvor den sidste række er mindst, alt som nutidsværdi; de andre "
        "rækker kan blive dårligere.",
        "Of the plans that keep limits and hard targets, the one is chosen in which the last row is least, all as present value; the "
        "other rows may get worse.",
    ),
}
