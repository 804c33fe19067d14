"""Texts of signposts: in which worlds a plan misses, what shows them early, and what to call then."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

SIGNPOSTS = {
    "signposts.title": Bilingual("Vejvisere: {title}", "Signposts: {title}"),
    "signposts.fixed": Bilingual(
        "Planen ligger fast og regnes igennem i hvert udfald. En vejviser siger, hvad de udfald har til fælles, hvor planen "
        "misser, hvad der viser det tidligt, og hvad der så kan kaldes. Halvdelen af udfaldene finder vejviserne, den anden "
        "halvdel dømmer dem.",
        "The plan is fixed and evaluated in every draw. A signpost says what the draws have in common in which the plan "
        "misses, what shows it early, and what can be called then. Half of the draws find the signposts, the other half "
        "judges them.",
    ),
    "signposts.interrupted": Bilingual(
        "Afbrudt: vejviserne bygger på de {draws} trækninger, der var gjort.",
        "Interrupted: the signposts rest on the {draws} draws made until then.",
    ),
    "signposts.world": Bilingual("{name}: hvad der end sker", "{name}: whatever happens"),
    "signposts.own": Bilingual("{name}: når baggrunden går som ventet", "{name}: when the background goes as expected"),
    "signposts.miss.cap": Bilingual(
        "Planen misser målet i {missed} af {draws} udfald; den siger selv {planned}, i gennemsnit bliver det {mean}, og målet "
        "er {cap} i {year}.",
        "The plan misses the target in {missed} of {draws} draws; it says {planned} itself, on average it comes to {mean}, and "
        "the target is {cap} in {year}.",
    ),
    "signposts.miss.most": Bilingual(
        "Planen misser målet ({cap} i {year}) i mere end {bound} af {draws} udfald; den siger selv {planned}, i gennemsnit bliver "
        "det {mean}. Det skiller ikke udfaldene, så at misse vil her sige at ende over {level}, som planen holder i {kept} "
        "af dem.",
        "The plan misses the target ({cap} in {year}) in more than {bound} of {draws} draws; it says {planned} itself, on "
        "average it comes to {mean}. That tells no draws apart, so to miss means here to end above {level}, which the plan "
        "keeps in {kept} of them.",
    ),
    "signposts.miss.few": Bilingual(
        "Planen misser målet ({cap} i {year}) i mindre end {bound} af {draws} udfald; den siger selv {planned}, i gennemsnit "
        "bliver det {mean}. Det skiller ikke udfaldene, så at misse vil her sige at ende over {level}, som planen holder i "
        "{kept} af dem.",
        "The plan misses the target ({cap} in {year}) in less than {bound} of {draws} draws; it says {planned} itself, on "
        "average it comes to {mean}. That tells no draws apart, so to miss means here to end above {level}, which the plan "
        "keeps in {kept} of them.",
    ),
    "signposts.none": Bilingual(
        "Intet, der kan observeres, skiller de udfald, hvor planen misser, fra de andre.",
        "Nothing that can be observed tells the draws in which the plan misses from the others.",
    ),
    "signposts.post": Bilingual("Vejviser {number}", "Signpost {number}"),
    "signposts.if": Bilingual(
        "Hvis {observable} er {side} {trigger}{when}{planned}, misser planen med {miss_if} sandsynlighed, ellers med "
        "{miss_if_not}.",
        "If {observable} is {side} {trigger}{when}{planned}, the plan misses with a probability of {miss_if}, otherwise of "
        "{miss_if_not}.",
    ),
    "signposts.if.left": Bilingual(
        "Har ingen tidligere vejviser slået til: hvis {observable} er {side} {trigger}{when}{planned}, misser planen med "
        "{miss_if} sandsynlighed, ellers med {miss_if_not}.",
        "Where no earlier signpost holds: if {observable} is {side} {trigger}{when}{planned}, the plan misses with a "
        "probability of {miss_if}, otherwise of {miss_if_not}.",
    ),
    "signposts.when": Bilingual(", når det kendes ved udgangen af {known}", " when it is known at the end of {known}"),
    "signposts.planned": Bilingual(" (planen venter {value})", " (the plan expects {value})"),
    "signposts.already": Bilingual(
        "Også det, planen selv venter, slår varslet til.", "Even what the plan itself expects sets the warning off."
    ),
    "signposts.weak": Bilingual(
        "Varslet er svagt: mere et fingerpeg end en vejviser.", "The warning is weak: a hint rather than a signpost."
    ),
    "signposts.no_alert": Bilingual(
        "Intet tal varsler dem, før målets år er omme.", "No figure warns of them before the target's year is over."
    ),
    "signposts.skill": Bilingual(
        "Varslet fanger {hits} af de udfald, hvor planen misser, og slår falsk alarm i {false_alarms} af de andre.",
        "The warning catches {hits} of the draws in which the plan misses, and is a false alarm in {false_alarms} of the others.",
    ),
    "signposts.skill.left": Bilingual(
        "Blandt de udfald, som ingen tidligere vejviser har, fanger varslet {hits} af dem, hvor planen misser, og slår falsk "
        "alarm i {false_alarms} af de andre.",
        "Among the draws that no earlier signpost has, the warning catches {hits} of those in which the plan misses, and is a "
        "false alarm in {false_alarms} of the others.",
    ),
    "signposts.box": Bilingual(
        "Fælles for udfaldene: {ends}. De rummer {coverage} af alle, hvor planen misser, og i dem misser den {density} (de "
        "er {mass} af udfaldene).",
        "Common to the draws: {ends}. They hold {coverage} of all in which the plan misses, and in them it misses in "
        "{density} (they are {mass} of the draws).",
    ),
    "signposts.box.left": Bilingual(
        "Fælles for udfaldene: {ends}. De rummer {coverage} af alle, hvor planen misser, og i dem misser den {density} (de "
        "er {mass} af de udfald, som ingen tidligere vejviser har).",
        "Common to the draws: {ends}. They hold {coverage} of all in which the plan misses, and in them it misses in "
        "{density} (they are {mass} of the draws that no earlier signpost has).",
    ),
    "signposts.end": Bilingual("{observable} ender {side} {value}", "{observable} ends {side} {value}"),
    "signposts.and": Bilingual(" og ", " and "),
    "signposts.above": Bilingual("over", "above"),
    "signposts.below": Bilingual("under", "below"),
    "signposts.observable.background": Bilingual(
        "baggrunden for {name} i {year}", "the background of {name} in {year}"
    ),
    "signposts.observable.effect": Bilingual("effekten af {name}", "the effect of {name}"),
    "signposts.observable.delivery": Bilingual(
        "det, der er kommet i gang af {name} ved udgangen af {year},", "what has begun of {name} by the end of {year}"
    ),
    "signposts.outcome.background": Bilingual("baggrunden for {name} i {year}", "the background of {name} in {year}"),
    "signposts.outcome.effect": Bilingual("effekten af {name}", "the effect of {name}"),
    "signposts.outcome.delivery": Bilingual(
        "det, der er i drift af {name} i {year},", "what is in service of {name} in {year}"
    ),
    "signposts.value.background": Bilingual("{share} af {base_year}", "{share} of {base_year}"),
    "signposts.value.effect": Bilingual("{share} af den planlagte", "{share} of the planned one"),
    "signposts.value.delivery": Bilingual("{share} af det planlagte", "{share} of what was planned"),
    "signposts.whole_plan": Bilingual("hele planen", "the whole plan"),
    "signposts.of_unit": Bilingual("planen i {unit}", "the plan in {unit}"),
    "signposts.missing": Bilingual(
        "I de udfald ender den i gennemsnit {over} over {limit}.",
        "In those draws it ends {over} above {limit} on average.",
    ),
    "signposts.holds": Bilingual(
        "I gennemsnit holder planen også i de udfald; den misser kun i nogle af dem.",
        "On average the plan holds in those draws too; it misses in some of them only.",
    ),
    "signposts.call": Bilingual(
        "Kald så {initiative} i {units}: startet {start} fjerner den {removed} i {year} ({in_service} er i drift da, det hele "
        "i {full}) for {capex} i anlæg.",
        "Then call {initiative} in {units}: started in {start} it removes {removed} in {year} ({in_service} is in service "
        "then, all of it in {full}) for {capex} of capex.",
    ),
    "signposts.call.breaks": Bilingual(
        "Det bryder {limits}; gør plads først.", "That breaks {limits}; make room first."
    ),
    "signposts.call.limit": Bilingual("“{limit}” ({left} af {right} {unit})", "“{limit}” ({left} of {right} {unit})"),
    "signposts.call.money": Bilingual("“{limit}” ({left} af {right})", "“{limit}” ({left} of {right})"),
    "signposts.call.again": Bilingual(
        "Kald så {initiative}, som ovenfor, hvis den ikke er kaldt.",
        "Then call {initiative}, as above, if it has not been called.",
    ),
    "signposts.call.rule": Bilingual("“{limit}”", "“{limit}”"),
    "signposts.call.free": Bilingual("Det bryder ingen rammer.", "That breaks no limit."),
    "signposts.call.together": Bilingual(
        "Alt, der kan kaldes, fjerner tilsammen {together}, rammerne set bort fra.",
        "All that can be called removes {together} together, limits aside.",
    ),
    "signposts.call.enough": Bilingual(
        "Alt, der kan kaldes, fjerner tilsammen {together}, rammerne set bort fra: det er nok til at komme ned på {limit}.",
        "All that can be called removes {together} together, limits aside: enough to come down to {limit}.",
    ),
    "signposts.call.short": Bilingual(
        "Alt, der kan kaldes, fjerner tilsammen {together}, rammerne set bort fra: det er ikke nok til at komme ned på {limit}.",
        "All that can be called removes {together} together, limits aside: not enough to come down to {limit}.",
    ),
    "signposts.call.nothing": Bilingual(
        "Der er intet at kalde: intet uden for planen, der kan startes fra {call}, fjerner noget i {year}.",
        "There is nothing to call: nothing outside the plan that can start from {call} on removes anything in {year}.",
    ),
    "signposts.units": Bilingual("{count} enheder", "{count} units"),
    "signposts.note": Bilingual(
        "Baggrunden er ret mellem tabellernes år, så et tidligt niveau siger her, hvor det bærer hen. Virkelige niveauer "
        "svinger fra år til år, så et virkeligt varsel er mindre sikkert end det, der står her; se på flere år, hvor der er "
        "tid til det.",
        "The background is linear between the years of the tables, so that an early level says here where it is heading. "
        "Real levels wobble from year to year, so that a real warning is less sure than it says here; look at several years "
        "where there is time.",
    ),
}
