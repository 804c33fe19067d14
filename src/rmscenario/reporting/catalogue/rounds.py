"""Texts on agreement rounds: how they stand, and what a command did."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

ROUNDS = {
    "round.title": Bilingual("Aftaleperioder i {region}", "Agreement rounds of {region}"),
    "round.title.one": Bilingual("Aftaleperioden {round} i {region}", "Agreement round {round} of {region}"),
    "round.column.round": Bilingual("Aftaleperiode", "Round"),
    "round.column.status": Bilingual("Status", "Status"),
    "round.column.commitments": Bilingual("Forpligtelser", "Commitments"),
    "round.column.running": Bilingual("Igangværende", "Running"),
    "round.column.follow_up": Bilingual("Opfølgning", "Follow-up"),
    "round.column.commitment": Bilingual("Forpligtelse", "Commitment"),
    "round.column.unit": Bilingual("Enhed", "Unit"),
    "round.column.start": Bilingual("Start", "Start"),
    "round.column.level": Bilingual("Niveau", "Level"),
    "round.column.progress": Bilingual("Opfølgning", "Follow-up"),
    "round.column.share": Bilingual("I drift", "In service"),
    "round.column.expected": Bilingual("Aftalt da", "Agreed by then"),
    "round.column.promised": Bilingual("Lovet t", "Promised t"),
    "round.column.realised": Bilingual("Som set t", "As seen t"),
    "round.column.in_account": Bilingual("I regnskabet t", "In account t"),
    "round.column.promised.in_account": Bilingual("Lovet t i regnskabet", "Promised t in account"),
    "round.column.realised.in_account": Bilingual("Som set t i regnskabet", "As seen t in account"),
    "round.column.unknown": Bilingual("Uden data t", "Without data t"),
    "round.column.target": Bilingual("Målsætning", "Target"),
    "round.column.year": Bilingual("År", "Year"),
    "round.column.counted": Bilingual("Opgjort", "Counted"),
    "round.column.cap": Bilingual("Tilladt t", "Allowed t"),
    "round.column.without": Bilingual("Uden perioden", "Without the round"),
    "round.column.as_agreed": Bilingual("Som aftalt", "As agreed"),
    "round.column.as_observed": Bilingual("Som observeret", "As observed"),
    "round.column.missing": Bilingual("Mangler", "Missing"),
    "round.against": Bilingual("Mod målsætningerne", "Against the targets"),
    "round.against.how": Bilingual(
        "Ton CO₂e tilbage i målsætningens år, når intet nyt startes efter perioden; hvad der ikke er data om, regnes som aftalt. "
        "Fysisk er det, der faktisk udledes; regnskabet er, hvad det officielle klimaregnskab vil vise af det.",
        "Tonnes of CO₂e left in the target's year if nothing new starts after the round; what there is no data on counts as "
        "agreed. Physical is what is emitted; account is what the official climate account will show of it.",
    ),
    "round.against.lead": Bilingual(
        "“{target}” kræver {need} ton mindre i {year}, end der er uden perioden. Forpligtelserne, som de er observeret, giver {physical} "
        "ton af det fysisk ({share}), {effects}; regnskabet vil vise {in_account} ton.",
        "“{target}” asks for {need} t less in {year} than there are without the round. The commitments as observed give "
        "{physical} t of it physically ({share}) {effects}; the account will show {in_account} t.",
    ),
    "round.against.physical": Bilingual("fysisk", "physical"),
    "round.against.account": Bilingual("regnskab", "account"),
    "round.tonnes.in_account": Bilingual(
        "Af det vil regnskabet vise {realised} ton; af det lovede ville det have vist {promised}.",
        "The account will show {realised} t of that, and would have shown {promised} of what was promised.",
    ),
    "round.progress": Bilingual("Hvor langt forpligtelserne er", "How far the commitments have come"),
    "round.tonnes": Bilingual(
        "Med det, der er set i drift {days}, fjerner forpligtelser med data {realised} ton CO₂e om året, {effects} (“rmscenario "
        "learn” siger, hvad der nu ventes af dem); lovet var {promised}. Forpligtelser uden data har lovet {unknown}: det er ikke "
        "regnet med, og det er ikke nul.",
        "With what was seen in service {days}, commitments with data take off {realised} t CO₂e a year {effects} (“rmscenario "
        "learn” says what is expected of them now); {promised} were promised. Commitments without data have promised {unknown}: they "
        "are not counted, and they are not zero.",
    ),
    "round.effects.promised": Bilingual("hvis effekterne er som lovet", "if effects are as promised"),
    "round.effects.measured": Bilingual("med effekterne, som de er målt", "with effects as measured"),
    "round.effects.some": Bilingual(
        "med effekten, som den er målt, for {measured} af de {count} med data og som lovet for de øvrige",
        "with the effect as measured of {measured} of the {count} with data, and as promised of the others",
    ),
    "round.effects.own": Bilingual(
        "Effekten er målt til {value} af det lovede (90 %: {low} til {high}).",
        "Its effect was measured at {value} of what was promised (90%: {low} to {high}).",
    ),
    "round.day": Bilingual("den {day}", "on {day}"),
    "round.day.end": Bilingual("ved udgangen af {year}", "at the end of {year}"),
    "round.day.between": Bilingual("mellem {first} og {last}", "between {first} and {last}"),
    "round.contradiction": Bilingual(
        "Modstrid: {one} og {other} kan ikke begge være rigtige; ret den ene.",
        "Contradiction: {one} and {other} cannot both hold; correct one of them.",
    ),
    "round.contradiction.value": Bilingual(
        "{indicator} {value} fra {day} ({source})", "{indicator} {value} of {day} ({source})"
    ),
    "round.span": Bilingual("{mode} ({low} til {high})", "{mode} ({low} to {high})"),
    "round.reason.nothing": Bilingual("{progress}: intet indberettet.", "{progress}: nothing reported."),
    "round.reason.early": Bilingual(
        "{progress}: alt indberettet er fra før starten i {agreed}.",
        "{progress}: all that is reported is of before the start in {agreed}.",
    ),
    "round.reason.effect": Bilingual(
        "{progress}: kun effekten er indberettet; den siger ikke, hvor meget der er i drift.",
        "{progress}: only the effect is reported, which does not say how much is in service.",
    ),
    "round.reason.start": Bilingual(
        "{progress}: startet i {start}, aftalt i {agreed}; hvor meget er i drift, er ikke indberettet.",
        "{progress}: started in {start}, agreed in {agreed}; how much is in service is not reported.",
    ),
    "round.reason.later": Bilingual(
        "{progress}: skal starte i {start}, aftalt i {agreed}.",
        "{progress}: is to start in {start}, agreed in {agreed}.",
    ),
    "round.reason.none": Bilingual(
        "{progress}: intet i drift {day}, aftalt start i {agreed}.",
        "{progress}: nothing in service {day}, start agreed in {agreed}.",
    ),
    "round.reason.share": Bilingual(
        "{progress}: start {start}, aftalt {agreed}; {share} i drift {day}, aftalt {expected}.",
        "{progress}: start {start}, agreed {agreed}; {share} in service {day}, agreed {expected}.",
    ),
    "round.reason.value": Bilingual(
        "{indicator} {value} {measure}, ventet {wanted}.", "{indicator} {value} {measure}, expected {wanted}."
    ),
    "round.commitments": Bilingual("Forpligtelser", "Commitments"),
    "round.running": Bilingual("Igangværende indsatser fra perioden", "Initiatives that run since the round"),
    "round.from": Bilingual("Foreslået ud fra kørslen {run}.", "Proposed from the run {run}."),
    "round.assumed": Bilingual(
        "Hvad der er antaget at køre, er ikke underskrevet af nogen.", "What is assumed to run was signed by nobody."
    ),
    "round.nothing": Bilingual(
        "Ingen forpligtelser, og intet regnes for at køre siden perioden.",
        "No commitments, and nothing is taken to run since the round.",
    ),
    "round.state.open": Bilingual("åben", "open"),
    "round.state.proposed": Bilingual("foreslået", "proposed"),
    "round.state.signed": Bilingual("underskrevet", "signed"),
    "round.state.closed": Bilingual("afsluttet", "closed"),
    "round.state.running": Bilingual("i gang", "running"),
    "round.state.later": Bilingual("senere", "later"),
    "round.status.proposed": Bilingual("foreslået", "proposed"),
    "round.status.accepted": Bilingual("accepteret", "accepted"),
    "round.status.signed": Bilingual("underskrevet", "signed"),
    "round.status.refused": Bilingual("afvist", "refused"),
    "round.progress.delivered": Bilingual("leveret", "delivered"),
    "round.progress.late": Bilingual("forsinket", "late"),
    "round.progress.partial": Bilingual("delvis", "partial"),
    "round.progress.dropped": Bilingual("opgivet", "dropped"),
    "round.progress.no data": Bilingual("ingen data", "no data"),
    "round.unchanged": Bilingual(
        "{round}: intet nyt; alt står, som det stod", "{round}: nothing new; all stands as it stood"
    ),
    "round.proposed": Bilingual("{round}: foreslået, {count} forpligtelser", "{round}: proposed, {count} commitments"),
    "round.signed": Bilingual("{round}: underskrevet, {count} forpligtelser", "{round}: signed, {count} commitments"),
    "round.unanswered": Bilingual("Underskrevet uden svar: {ids}", "Signed without an answer: {ids}"),
    "round.unanswered.more": Bilingual(
        "Underskrevet uden svar: {ids} og {more} til; `rmscenario round status` viser dem",
        "Signed without an answer: {ids} and {more} more; `rmscenario round status` shows them",
    ),
    "round.proposed.one": Bilingual(
        "{round}: foreslået, {count} forpligtelse", "{round}: proposed, {count} commitment"
    ),
    "round.signed.one": Bilingual("{round}: underskrevet, {count} forpligtelse", "{round}: signed, {count} commitment"),
    "round.amended": Bilingual("{round}: ændret", "{round}: amended"),
    "round.followed": Bilingual("{round}: {count} nye observationer", "{round}: {count} new observations"),
    "round.followed.one": Bilingual("{round}: {count} ny observation", "{round}: {count} new observation"),
    "round.closed": Bilingual(
        "{round}: afsluttet, {count} indsatser kører videre", "{round}: closed, {count} initiatives go on"
    ),
    "round.closed.one": Bilingual(
        "{round}: afsluttet, {count} indsats kører videre", "{round}: closed, {count} initiative goes on"
    ),
    "round.learn": Bilingual(
        "Den næste plan bruger, hvad opfølgningen lærer om effekter, når den laves med: rmscenario learn {model} --round {round}, "
        "og så rmscenario run {model} {path}",
        "The next plan uses what follow-up teaches of effects if it is made with: rmscenario learn {model} --round {round}, "
        "and then rmscenario run {model} {path}",
    ),
}
