"""Texts of what a model or scenario says before it is planned, and of runs beside each other."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

FINDINGS = {
    "check.sound": Bilingual(
        "{title}: tabellerne er i orden; {units} enheder, {initiatives} indsatser, {targets} mål.",
        "{title}: the tables are sound; {units} units, {initiatives} initiatives, {targets} targets.",
    ),
    "check.reach": Bilingual("Hvad der kan nås", "What can be reached"),
    "check.reach.target": Bilingual("{name}: {sentence}", "{name}: {sentence}"),
    "check.reach.target.of": Bilingual("{name} ({quantity}): {sentence}", "{name} ({quantity}): {sentence}"),
    "check.reach.met_already": Bilingual(
        "nås uden nye starter ({background}); målet binder intet.",
        "met without any new start ({background}); the target binds nothing.",
    ),
    "check.reach.within_reach": Bilingual(
        "alt startet tidligst giver {earliest}; målet er {cap}. Det kan nås, hvis penge, årsværk og starter rækker.",
        "everything started at its earliest gives {earliest}; the target is {cap}. It can be met if money, staff and "
        "starts allow.",
    ),
    "check.reach.doubtful": Bilingual(
        "alt startet tidligst giver {earliest}; målet er {cap}. Det er ikke bevist, at det ikke kan nås.",
        "everything started at its earliest gives {earliest}; the target is {cap}. It is not proven that it cannot be met.",
    ),
    "check.reach.decay": Bilingual(
        "En effekt, der klinger af, giver mere i {year}, når den starter senere, så en plan kan komme længere ned.",
        "An effect that decays does more in {year} when it starts later, so that a plan may come lower.",
    ),
    "check.reach.out_of_reach": Bilingual(
        "alt startet tidligst giver {earliest}; målet er {cap}. Det kan ikke nås i {year} med kendte indsatser.",
        "everything started at its earliest gives {earliest}; the target is {cap}. It cannot be met in {year} with known "
        "initiatives.",
    ),
    "check.reach.risk": Bilingual(
        "alt startet tidligst giver {outcome} (som planlagt {planned}); målet er {cap}, og det nås i {reached} af udfaldene (95 %: "
        "{low}–{high}).",
        "everything started at its earliest gives {outcome} (as planned {planned}); the target is {cap}, and it is met in "
        "{reached} of the draws (95%: {low}–{high}).",
    ),
    "check.reach.risk.met_already": Bilingual(
        "nås uden nye starter, som giver {outcome} (som planlagt {planned}); målet er {cap}.",
        "met without any new start, which gives {outcome} (as planned {planned}); the target is {cap}.",
    ),
    "check.reach.risk.within_reach": Bilingual(
        "Det kan nås, hvis penge, årsværk og starter rækker.", "It can be met if money, staff and starts allow."
    ),
    "check.reach.risk.doubtful": Bilingual(
        "Det er mindre, end der er ønsket; det er ikke bevist, at ingen anden plan når det.",
        "That is less than is wished for; it is not proven that no other plan reaches it.",
    ),
    "check.reach.together": Bilingual(
        "På én gang, {names}: det bedste af det, der fører ét af dem længst, når dem i {reached} af udfaldene (95 %: {low}–{high}); "
        "ønsket er {wanted}.",
        "Together, {names}: the best of what brings one of them furthest meets them in {reached} of the draws (95%: {low}–{high}); "
        "{wanted} are wished for.",
    ),
    "check.reach.risk.how": Bilingual(
        "Mål under risiko er dømt på {draws} trækninger af det, der kan ske; de andre er dømt med alt som planlagt.",
        "Targets under risk are judged on {draws} draws of what may come; the others with everything as planned.",
    ),
    "check.reach.together.how": Bilingual(
        "Målene på én gang er dømt på {draws} trækninger af det, der kan ske; hvert for sig er dømt med alt som planlagt.",
        "All of them together are judged on {draws} draws of what may come; each by itself with everything as planned.",
    ),
    "check.reach.no_plan": Bilingual(
        "Målet er ufravigeligt: der findes ingen plan.", "The target is hard: there is no plan."
    ),
    "check.limits": Bilingual("Rammer", "Limits"),
    "check.limits.family": Bilingual(
        "{family}: {binding} af {rows} rammer kan binde.", "{family}: {binding} of {rows} limits can bind."
    ),
    "check.moves": Bilingual("Indsatser, der ikke flytter et aktivt mål", "Initiatives that move no active target"),
    "check.moves.none": Bilingual("Ingen.", "None."),
    "check.moves.with_role": Bilingual(
        "{count} har en anden rolle (løfter andre, kræves af andre, er besluttet, eller følges af en indikator): {names}.",
        "{count} have another role (lift others, are needed by others, are decided, or an indicator follows them): {names}.",
    ),
    "check.moves.with_role.one": Bilingual(
        "1 har en anden rolle (løfter andre, kræves af andre, er besluttet, eller følges af en indikator): {names}.",
        "1 has another role (lifts others, is needed by others, is decided, or an indicator follows it): {names}.",
    ),
    "check.moves.without_role.one": Bilingual("1 har ingen anden rolle: {names}.", "1 has no other role: {names}."),
    "check.moves.without_role": Bilingual(
        "{count} har ingen anden rolle: {names}.", "{count} have no other role: {names}."
    ),
    "check.evidence": Bilingual("Hvad tallene hviler på", "What the figures rest on"),
    "check.evidence.part": Bilingual("{part}: {shares}.", "{part}: {shares}."),
    "check.evidence.base": Bilingual("udgangspunktet", "the base"),
    "check.evidence.background": Bilingual("fremskrivningen", "the background"),
    "check.evidence.effect": Bilingual("effekten, når alt er startet", "the effect with everything started"),
    "check.evidence.cost": Bilingual("pengene, når alt er startet", "the money with everything started"),
    "check.evidence.limits": Bilingual("rammerne", "the limits"),
    "compare.title": Bilingual("Kørsler ved siden af hinanden", "Runs beside each other"),
    "compare.column": Bilingual("Mål", "Target"),
    "compare.account": Bilingual("{name} [{account}]", "{name} [{account}]"),
    "compare.year": Bilingual("{name}, {year}", "{name}, {year}"),
    "compare.marked": Bilingual("{name}*", "{name}*"),
    "compare.interrupted": Bilingual(
        "* Kørslen blev afbrudt: planen er den bedste, der var fundet da, og dele mangler.",
        "* The run was interrupted: its plan is the best found by then, and parts are missing.",
    ),
    "compare.judged": Bilingual("  på udfaldene, som ønsket", "  on the draws, as wished for"),
    "compare.shortfall": Bilingual("  mangler", "  missing"),
    "compare.goal": Bilingual("{shortfall} (mål {goal})", "{shortfall} (target {goal})"),
    "compare.goals": Bilingual(
        "Kørslerne har ikke samme mål under “{name}”: {goals}. Hvad der mangler, er regnet mod hver kørsels eget mål og kan "
        "ikke sammenlignes.",
        "The runs do not have the same target under “{name}”: {goals}. What is missing is counted against each run's own "
        "target and cannot be compared.",
    ),
    "compare.probability": Bilingual("  sandsynlighed", "  probability"),
    "compare.share": Bilingual("  andel (mål {wanted})", "  share (target {wanted})"),
    "compare.legend": Bilingual("{name}: {title}", "{name}: {title}"),
    "compare.starts": Bilingual("Starter", "Starts"),
    "compare.npv": Bilingual("Netto nutidsværdi", "Net present value"),
    "compare.npv.mean": Bilingual("  gennemsnit af trækninger", "  mean of draws"),
    "compare.annual": Bilingual("Netto i {year}", "Net in {year}"),
    "compare.annual.own": Bilingual("Netto i et år", "Net in a year"),
    "compare.annual.in": Bilingual("({year})", "({year})"),
    "compare.capex": Bilingual("Anlæg i alt, fornyelser medregnet", "Capex in all, renewals included"),
    "compare.gap": Bilingual("Afstand til bedste plan, højst", "Gap to the best plan, at most"),
    "compare.none": Bilingual("–", "–"),
    "verify.sound": Bilingual(
        "Alle tal er efterregnet: største relative forskel {difference}; alle {limits} rammer og regler holder.",
        "Every figure is recomputed: largest relative difference {difference}; all {limits} limits and rules hold.",
    ),
    "summary.shortfall": Bilingual("Hvorfor der mangler noget", "Why something is missing"),
    "summary.shortfall.parts": Bilingual(
        "{name}: af de {all}, der mangler, skyldes {price} pris og andre mål, {limits} rammerne, og for {unknown} mangler "
        "der kendte indsatser.",
        "{name}: of the {all} missing, {price} are due to price and other targets, {limits} to the limits, and for "
        "{unknown} known initiatives are lacking.",
    ),
    "summary.timing": Bilingual("Hvad der haster", "What cannot wait"),
    "summary.timing.next": Bilingual(
        "Ved udgangen af {end} er {now} opnået om året; det, der er startet da, giver {share} af planens reduktion i {year}.",
        "By the end of {end}, {now} a year are reached; what has started by then gives {share} of the plan's reduction in "
        "{year}.",
    ),
    "summary.timing.late": Bilingual(
        "Starter alt et år senere, mister planen {lost} i {year}. {count} af {starts} starter kan ikke vente: et års "
        "udsættelse af den ene start koster over {loss} i {year}, eller andre starter har brug for den.",
        "If everything starts a year later, the plan loses {lost} in {year}. {count} of {starts} starts cannot wait: a "
        "year's delay of that start alone costs more than {loss} in {year}, or other starts need it.",
    ),
    "summary.backcast": Bilingual("Hvor stærk baggrunden skal være", "How strong the background must be"),
    "summary.backcast.scale": Bilingual(
        "Styrke 0 er det mest sandsynlige forløb, 1 det stærke; mere er stærkere, end tabellerne anser for muligt.",
        "Strength 0 is the most likely path, 1 the strong one; more is stronger than the tables think possible.",
    ),
    "summary.backcast.everything": Bilingual("Med alt i gang tidligst", "With everything started at its earliest"),
    "summary.backcast.planned": Bilingual(
        "Med den nærmeste plan inden for rammerne", "With the nearest plan within limits"
    ),
    "summary.backcast.met": Bilingual(
        "{starts} nås {name} ved styrke {strength} (ved 0: {at_mode}, ved 1: {at_strong}).",
        "{starts}, {name} is met at strength {strength} (at 0: {at_mode}, at 1: {at_strong}).",
    ),
    "summary.backcast.missed": Bilingual(
        "{starts} nås {name} ikke, heller ikke ved styrke {strength}: der er {at_strongest} tilbage.",
        "{starts}, {name} is not met even at strength {strength}: {at_strongest} are left.",
    ),
    "summary.backcast.decline": Bilingual(
        "Det betyder for {group}: {yearly} fald om året, så {left} er tilbage i {year} (mest sandsynligt: {mode}).",
        "For {group} this means a decline of {yearly} a year, so that {left} are left in {year} (most likely: {mode}).",
    ),
    "summary.backcast.gone": Bilingual(
        "For {group} betyder det, at intet er tilbage i {year} (mest sandsynligt: {mode}): dér er baggrunden brugt op.",
        "For {group} this means that nothing is left in {year} (most likely: {mode}): the background is used up there.",
    ),
    "summary.last_tonnes": Bilingual("Hvad de sidste ton koster", "What the last tonnes cost"),
    "summary.last_tonnes.price": Bilingual(
        "De sidste {amount} koster {in_year} pr. ton i {year} og {over_period} pr. ton over hele perioden.",
        "The last {amount} cost {in_year} a tonne in {year} and {over_period} a tonne over the period.",
    ),
    "summary.last_tonnes.none": Bilingual(
        "Der er ingen ton, som en billigere plan ville lade være.",
        "There are no tonnes that a cheaper plan would leave.",
    ),
    "summary.last_tonnes.unknown": Bilingual(
        "Det er ikke regnet ud: kør med --last-tonnes (det tager minutter).",
        "Not computed: run with --last-tonnes (it takes minutes).",
    ),
    "summary.relaxation": Bilingual(
        "Planlæggerens lineære lempelse, som regner med dele af starter, sætter {price} på én {unit} mere tilladt under "
        "“{name}”. Det er ikke prisen på de sidste ton.",
        "The planner's linear relaxation, which starts initiatives in part, gives {price} for one more {unit} allowed by "
        "“{name}”. That is not the price of the last tonnes.",
    ),
    "summary.relaxation.own": Bilingual(
        "Planlæggerens lineære lempelse, som regner med dele af starter, sætter {price} på én {unit} mere tilladt under "
        "“{name}”. Det er den pris, som scenariet selv har sat på det, der mangler, og intet resultat: heller ikke lempelsen "
        "når målet.",
        "The planner's linear relaxation, which starts initiatives in part, gives {price} for one more {unit} allowed by "
        "“{name}”. That is the price the scenario itself has set on what is missing, and no finding: the relaxation does not "
        "meet the target either.",
    ),
    "summary.last_tonnes.uncertain": Bilingual(
        "Søgningen er ikke nøjagtig nok til andet end en størrelsesorden.",
        "The search is not exact enough for more than an order of magnitude.",
    ),
}
