"""Texts of what follow-up is worth."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

WORTH = {
    "worth.title": Bilingual("Den opfølgning, der er mest værd: {title}", "The follow-up that is worth most: {title}"),
    "worth.lead": Bilingual(
        "Når runden slutter i {end}, lægges de senere runder om efter, hvad den viste. Her er {plans} planer, den kan ende med, regnet "
        "igennem i {worlds} verdener, og hver indikator er bedømt på, hvor meget bedre der kan vælges mellem dem med det, den viser, "
        "målefejl medregnet.",
        "When the round is over in {end}, later rounds are planned anew by what it showed. Here {plans} plans that it may end with were "
        "evaluated in {worlds} worlds, and each indicator is judged by how much better they can be chosen among with what it shows, "
        "errors of measurement included.",
    ),
    "worth.alone": Bilingual(
        "Runden kan kun ende med én plan: ingen opfølgning ændrer den næste.",
        "The round can end with one plan only: no follow-up changes the next one.",
    ),
    "worth.everything": Bilingual(
        "At kende verden helt, baggrunden med, ville være {worth} værd (± {error}); mere er ingen indikator værd.",
        "To know the world altogether, background included, would be worth {worth} (± {error}); no indicator is worth more.",
    ),
    "worth.first": Bilingual("Mål først {indicator} i {unit}.", "Measure {indicator} in {unit} first."),
    "worth.unsure": Bilingual(
        "Ingen indikator af en indsats er mere værd, end tilfældet kan forklare; flere verdener (--worlds) ser skarpere.",
        "No indicator of an initiative is worth more than chance may explain; more worlds (--worlds) see more sharply.",
    ),
    "worth.list": Bilingual("Indikatorer, mest værd først", "Indicators, of most worth first"),
    "worth.note": Bilingual(
        "Værdi er nutidsværdi af omkostning og manko, der spares i gennemsnit; ± er standardfejlen. Chance er andelen af verdener, hvor "
        "den næste plan bliver en anden. Hvad målingen koster, er ikke kendt og ikke trukket fra.",
        "Worth is present value of cost and shortfall saved on average; ± is its standard error. Chance is the share of worlds in which "
        "the next plan becomes another. What measuring costs is not known and not subtracted.",
    ),
    "worth.rest": Bilingual(
        "De øvrige {count} kan ikke skelnes fra intet; de står i worth.csv.",
        "The other {count} cannot be told from nothing; they stand in worth.csv.",
    ),
    "worth.background": Bilingual("Baggrund: {name}", "Background: {name}"),
    "worth.service": Bilingual("andel i drift", "share in service"),
    "worth.column.indicator": Bilingual("Indikator", "Indicator"),
    "worth.column.unit": Bilingual("Enhed", "Unit"),
    "worth.column.chance": Bilingual("Chance", "Chance"),
    "worth.column.worth": Bilingual("Værdi, 1.000 kr.", "Worth, 1,000 DKK"),
    "worth.column.changes": Bilingual("Ændrer", "Changes"),
    "worth.change": Bilingual("{initiative} {unit} {planned}→{start}", "{initiative} {unit} {planned}→{start}"),
    "worth.error": Bilingual("{worth} ± {error}", "{worth} ± {error}"),
    "worth.more": Bilingual("{text} og {count} til", "{text} and {count} more"),
}
