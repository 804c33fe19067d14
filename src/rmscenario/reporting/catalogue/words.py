"""Words, units and grades that every report uses."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

WORDS = {
    "per_year": Bilingual("{unit} pr. år", "{unit} a year"),
    "money.million": Bilingual("{value} mio. kr.", "DKK {value} million"),
    "money.billion": Bilingual("{value} mia. kr.", "DKK {value} billion"),
    "word.group_wide.title": Bilingual("Koncernfælles", "Group-wide"),
    "word.yes": Bilingual("ja", "yes"),
    "word.no": Bilingual("nej", "no"),
}

GRADES = {
    "grade.measured": Bilingual("målt", "measured"),
    "grade.published": Bilingual("offentliggjort", "published"),
    "grade.derived": Bilingual("afledt", "derived"),
    "grade.recalled": Bilingual("efter hukommelsen", "recalled"),
    "grade.assumption": Bilingual("antagelse", "assumption"),
    "grade.none": Bilingual("ingen tal", "no figures"),
    "status.assumed": Bilingual("antaget", "assumed"),
    "status.reported": Bilingual("indberettet", "reported"),
    "status.signed": Bilingual("underskrevet", "signed"),
    "money.kind.capex": Bilingual("anlæg", "capex"),
    "money.kind.opex": Bilingual("drift", "opex"),
    "money.kind.saving_cashable": Bilingual("besparelse, kontant", "saving, cashable"),
    "money.kind.saving_avoided": Bilingual("besparelse, undgåede indkøb", "saving, avoided purchases"),
}
