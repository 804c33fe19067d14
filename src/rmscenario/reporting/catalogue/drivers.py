"""Texts of what drives a plan's outcome."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

DRIVERS = {
    "drivers.title": Bilingual("Hvad der driver udfaldet: {title}", "What drives the outcome: {title}"),
    "drivers.fixed": Bilingual(
        "Planen ligger fast: den samme plan regnes igennem i hvert udfald og planlægges aldrig om. Egen indsats er det, der "
        "startes i planen eller allerede er i gang; baggrunden er det, der sker uden den.",
        "The plan is fixed: the same plan is evaluated in every draw and never planned again. Own effort is what the plan "
        "starts and what runs already; the background is what happens without it.",
    ),
    "drivers.interrupted": Bilingual(
        "Afbrudt: svarene bygger på de trækninger, der var gjort, og usikkerheden er ikke kendt overalt.",
        "Interrupted: the answers rest on the draws made until then, and their errors are not known everywhere.",
    ),
    "drivers.none": Bilingual(
        "Ingen af målene har sit år i planens periode.", "No target has its year within the period of the plan."
    ),
    "drivers.others": Bilingual(
        "De andre {count} mål står i drivers.md: {names}.", "The other {count} targets stand in drivers.md: {names}."
    ),
    "drivers.change": Bilingual("Egen indsats og baggrund", "Own effort and background"),
    "drivers.change.planned": Bilingual(
        "Fra {base} til {planned} i {year}, som planen siger: {change}. Egen indsats giver {own} (nye indsatser {new}, "
        "igangværende {running}), baggrunden {background} ({parts}), {account}.",
        "From {base} to {planned} in {year}, as the plan says: {change}. Own effort gives {own} (new initiatives {new}, "
        "running ones {running}), the background {background} ({parts}), {account}.",
    ),
    "drivers.change.account": Bilingual("regnskabsmetoden {amount}", "the account method {amount}"),
    "drivers.change.no_account": Bilingual("regnskabsmetoden intet", "the account method nothing"),
    "drivers.change.no_parts": Bilingual("intet flytter den", "nothing moves it"),
    "drivers.change.part": Bilingual("{name} {amount}", "{name} {amount}"),
    "drivers.change.mean": Bilingual(
        "I gennemsnit over udfaldene bliver det {mean}: egen indsats giver {own}, baggrunden {background}. Planens tal "
        "bruger den mest sandsynlige værdi overalt og starter til tiden; gennemsnittet gør ingen af delene.",
        "On average over the draws it comes to {mean}: own effort gives {own}, the background {background}. The plan's "
        "figure takes the most likely value everywhere and starts on time; the average does neither.",
    ),
    "drivers.change.order": Bilingual(
        "Delene griber ind i hinanden. Hver dels tal er gennemsnittet over alle rækkefølger, så at de tilsammen giver "
        "ændringen nøjagtigt; fortalt i rækkefølgen baggrund, igangværende, nye giver de nye indsatser {new} i planen.",
        "The parts act on each other. Each part's figure is its average over all orders, so that together they give the "
        "change exactly; told in the order background, running, new, the new initiatives give {new} in the plan.",
    ),
    "drivers.change.spread": Bilingual(
        "Andelen af spredningen er delens samvariation med det hele; en negativ andel dæmper, som når indsatser fjerner mindre "
        "af en baggrund, der selv falder mere.",
        "The share of the spread is how a part varies with the whole; a negative share dampens, as when initiatives remove "
        "less of a background that declines more by itself.",
    ),
    "drivers.column.part": Bilingual("{unit}", "{unit}"),
    "drivers.column.planned": Bilingual("Planen", "Plan"),
    "drivers.column.mean": Bilingual("Gennemsnit", "Mean"),
    "drivers.column.spread": Bilingual("Andel af spredningen", "Share of the spread"),
    "drivers.row.start": Bilingual("Udgangspunktet", "The base"),
    "drivers.row.total": Bilingual("I {year}", "In {year}"),
    "drivers.piece.base": Bilingual("Regnskabsmetode og årene før", "Account method and years before"),
    "drivers.piece.running": Bilingual("Igangværende indsatser", "Running initiatives"),
    "drivers.piece.new": Bilingual("Nye indsatser", "New initiatives"),
    "drivers.piece.account": Bilingual("Vises kun i dette regnskab", "Shown in this account alone"),
    "drivers.piece.background": Bilingual("Baggrund: {name}", "Background: {name}"),
    "drivers.moved": Bilingual("{group} ({driver})", "{group} ({driver})"),
    "drivers.interval": Bilingual("{value} ({low} til {high})", "{value} ({low} to {high})"),
    "drivers.chance.integrated": Bilingual(
        "Integreret i den retning, hvor usikkerheden vejer mest, er sandsynligheden {probability} (95 %: {low} til {high}; "
        "{points} punkter).",
        "Integrated in the direction in which uncertainty weighs most, the probability is {probability} (95%: {low} to {high}; "
        "{points} points).",
    ),
    "drivers.chance.draws": Bilingual(
        "Udfaldet vokser ikke jævnt i nogen retning; andelen af {points} udfald er {probability} (95 %: {low} til {high}).",
        "The outcome does not rise steadily in any direction; the share of {points} draws is {probability} (95%: {low} to {high}).",
    ),
    "drivers.margin": Bilingual("Hvor svag baggrunden må være", "How weak the background may be"),
    "drivers.margin.all": Bilingual("baggrunden", "the background"),
    "drivers.margin.alone": Bilingual("baggrunden for {name} alene", "the background of {name} alone"),
    "drivers.margin.holds": Bilingual(
        "Målet holder stadig, hvis {what} falder {weaker} svagere end ventet.",
        "The target still holds if {what} declines {weaker} less than expected.",
    ),
    "drivers.margin.planned": Bilingual("Det er ved planens tal.", "That is at the planned figures."),
    "drivers.margin.without": Bilingual(
        "Målet holder, selv om {what} slet ikke falder.", "The target holds even if {what} does not decline at all."
    ),
    "drivers.margin.nothing_left": Bilingual(
        "Målet har intet at give af: det ryger, hvis {what} falder blot {least} svagere end ventet.",
        "The target has nothing to spare: it is missed if {what} declines only {least} less than expected.",
    ),
    "drivers.margin.more": Bilingual(
        "Målet nås først, hvis {what} falder {more} mere end ventet.",
        "The target is met only if {what} declines {more} more than expected.",
    ),
    "drivers.margin.times": Bilingual(
        "Målet nås først, hvis {what} falder {times} gange så meget som ventet.",
        "The target is met only if {what} declines {times} times as much as expected.",
    ),
    "drivers.margin.never": Bilingual(
        "Målet nås ikke, selv om {what} falder {times} gange så meget som ventet.",
        "The target is not met even if {what} declines {times} times as much as expected.",
    ),
    "drivers.margin.flat": Bilingual(
        "{what}: intet ventet fald at miste.", "{what}: no expected decline that could be lost."
    ),
    "drivers.margin.decline": Bilingual(
        "Det ventede fald giver {decline} i {year}, planen som den er.",
        "The expected decline gives {decline} in {year}, the plan as it is.",
    ),
    "drivers.margin.note": Bilingual(
        "Alt andet er her det mest sandsynlige, og alt starter til tiden.",
        "All else is at its most likely here, and everything starts on time.",
    ),
    "drivers.margin.probability": Bilingual(
        "Med al usikkerhed med er sandsynligheden for målet {probability}.",
        "With all uncertainty the probability of the target is {probability}.",
    ),
    "drivers.spread": Bilingual("Hvad spredningen kommer af", "What the spread comes from"),
    "drivers.spoken": Bilingual("Spredningen efter spor og kategorier", "The spread by track and category"),
    "drivers.spread.none": Bilingual("Intet: udfaldene er ens.", "Nothing: all draws are alike."),
    "drivers.spread.deviation": Bilingual(
        "Standardafvigelsen er {deviation}. Mest af den kommer af {name}: {share} af variansen, {draws} trækninger.",
        "The standard deviation is {deviation}. Most of it comes from {name}: {share} of the variance, {draws} draws.",
    ),
    "drivers.spread.sobol": Bilingual(
        "Grupper, som ingen fælles faktor går på tværs af (Sobol-indeks; i parentes 95 % sikkerhed): alene, og i alt med "
        "samspil.",
        "Groups that no common factor crosses (Sobol indices; 95% certainty in brackets): alone, and in total with all "
        "interactions.",
    ),
    "drivers.spread.shapley": Bilingual(
        "De samme udfald efter spor og kategorier (Shapley-virkninger, som tilsammen er 100 %). Det, der hænger sammen, "
        "deler det, det fortæller: en lille gruppe, der følger en stor, får en del af dens virkning.",
        "The same outcomes by track and category (Shapley effects, which add up to 100%). What hangs together shares what "
        "it tells: a small group that moves with a large one has part of its effect.",
    ),
    "drivers.column.group": Bilingual("Gruppe", "Group"),
    "drivers.column.inputs": Bilingual("Input", "Inputs"),
    "drivers.column.first": Bilingual("Alene", "Alone"),
    "drivers.column.all": Bilingual("I alt", "In total"),
    "drivers.column.effect": Bilingual("Andel", "Share"),
    "drivers.more_groups": Bilingual(
        "{count} grupper med under {least} hver er ikke vist.",
        "{count} groups with less than {least} each are not shown.",
    ),
    "drivers.more_groups.one": Bilingual(
        "1 gruppe med under {least} er ikke vist.", "1 group with less than {least} is not shown."
    ),
    "drivers.sort.background": Bilingual("Baggrund: {name}", "Background: {name}"),
    "drivers.sort.effect": Bilingual("Effekt: {name}", "Effect: {name}"),
    "drivers.sort.rest": Bilingual("Effekt: {name}, for sig", "Effect: {name}, on their own"),
    "drivers.sort.delivery": Bilingual("Levering: sent, delvis eller aldrig", "Delivery: late, in part or never"),
    "drivers.sort.cost": Bilingual("Priser", "Prices"),
    "drivers.sort.mixed": Bilingual("{name}", "{name}"),
    "drivers.bar.lift": Bilingual("Løft: {name}", "Lift: {name}"),
    "drivers.bar.common": Bilingual("{name}, {count} input sammen", "{name}, {count} inputs together"),
    "drivers.tornado": Bilingual("Ét input ad gangen", "One input at a time"),
    "drivers.tornado.note": Bilingual(
        "Hvad der kommer til i {year}, når ét input eller en fælles faktor går fra sin {low}- til sin {high}-fraktil, alt andet "
        "mest sandsynligt og til tiden.",
        "What is added in {year} when one input or a common factor goes from its {low} to its {high} quantile, all else most "
        "likely and on time.",
    ),
    "drivers.column.input": Bilingual("{unit}", "{unit}"),
    "drivers.column.low": Bilingual("Input lavt", "Input low"),
    "drivers.column.high": Bilingual("Input højt", "Input high"),
    "drivers.failures": Bilingual("Indsatser, det er dyrest at miste", "Initiatives that cost most to lose"),
    "drivers.failures.none": Bilingual(
        "Planen starter intet, der flytter målet.", "The plan starts nothing that moves the target."
    ),
    "drivers.failures.one": Bilingual(
        "Udebliver {initiative} ({starts}{with_it}), kommer der {lost} til i {year}, i gennemsnit {mean}{met}.",
        "Without {initiative} ({starts}{with_it}), {lost} are added in {year}, {mean} on average{met}.",
    ),
    "drivers.failures.starts": Bilingual("{count} starter", "{count} starts"),
    "drivers.failures.start": Bilingual("1 start", "1 start"),
    "drivers.failures.with_it": Bilingual(", og med den {names}", ", and with it {names}"),
    "drivers.failures.falls": Bilingual(
        "; sandsynligheden for målet falder {change} procentpoint{interval}",
        "; the probability of the target falls by {change} percentage points{interval}",
    ),
    "drivers.failures.rises": Bilingual(
        "; sandsynligheden for målet stiger {change} procentpoint{interval}",
        "; the probability of the target rises by {change} percentage points{interval}",
    ),
    "drivers.failures.interval": Bilingual(" (95 %: {low} til {high})", " (95%: {low} to {high})"),
    "drivers.note.linear": Bilingual(
        "Baggrunden er ret mellem tabellernes år; virkelige niveauer svinger om den, og det er ikke med her.",
        "The background is linear between the years of the tables; real levels wobble about it, and that is not in here.",
    ),
    "drivers.figure": Bilingual(
        "{top} flytter mest: {share} af variansen i {year}", "{top} moves most: {share} of the variance in {year}"
    ),
    "drivers.figure.subtitle": Bilingual("{target} – {scenario}", "{target} – {scenario}"),
    "drivers.figure.bars": Bilingual(
        "Ét input ad gangen, fra 5 %- til 95 %-fraktilen: ændring, {unit}",
        "One input at a time, from its 5% to its 95% quantile: change, {unit}",
    ),
    "drivers.figure.low": Bilingual("input lavt", "input low"),
    "drivers.figure.high": Bilingual("input højt", "input high"),
    "drivers.figure.shares": Bilingual(
        "Andel af variansen, %, med 95 % interval", "Share of the variance, %, with 95% interval"
    ),
    "drivers.figure.note": Bilingual(
        "Planen ligger fast. Søjlerne til højre er Sobol-indeks i alt af grupper, som ingen fælles faktor går på tværs af; "
        "{draws} trækninger.",
        "The plan is fixed. The bars on the right are total Sobol indices of groups that no common factor crosses; {draws} "
        "draws.",
    ),
}
