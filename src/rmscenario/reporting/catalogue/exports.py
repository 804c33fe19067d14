"""Texts of the whole-run workbook."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

_SHEETS = {
    "overview": Bilingual("Overblik", "Overview"),
    "targets": Bilingual("Mål", "Targets"),
    "starts": Bilingual("Plan", "Plan"),
    "limits": Bilingual("Rammer", "Limits"),
    "quantities": Bilingual("Mængder", "Quantities"),
    "money": Bilingual("Penge", "Money"),
    "staff": Bilingual("Årsværk", "Staff"),
    "contributions": Bilingual("Bidrag", "Contributions"),
    "stress": Bilingual("Robusthedstest", "Stress test"),
    "touched": Bilingual("Ændrede værdier", "Touched values"),
    "sources": Bilingual("Kilder", "Sources"),
    "evidence": Bilingual("Dokumentation", "Evidence"),
    "manifest": Bilingual("Oprindelse", "Manifest"),
}

_TITLES = {
    "overview": Bilingual("Kørslen i tal", "The run in figures"),
    "targets": Bilingual("Målene i deres år", "The targets in their years"),
    "starts": Bilingual("Planens starter", "The starts of the plan"),
    "limits": Bilingual("Rammer og regler", "Limits and rules"),
    "quantities": Bilingual("Mængder efter enhed, kategori og år", "Quantities by unit, category and year"),
    "money": Bilingual("Penge efter art, enhed og år", "Money by kind, unit and year"),
    "staff": Bilingual("Årsværk efter kompetence, enhed og år", "Staff by skill, unit and year"),
    "contributions": Bilingual(
        "Hvad hver start tager af klimaaftrykket (tCO2e/a)", "What each start takes off the footprint (tCO2e/a)"
    ),
    "stress": Bilingual("Målene i robusthedstesten", "The targets in the stress test"),
    "touched": Bilingual("Værdier, som scenariet ændrer", "Values that the scenario changes"),
    "sources": Bilingual("Kilder og forudsætninger", "Sources and assumptions"),
    "evidence": Bilingual("Hvad svaret hviler på", "What the answer rests on"),
    "manifest": Bilingual("Hvad kørslen er lavet af", "What the run was made of"),
}

_NOTES = {
    "overview": Bilingual(
        "Planens egne tal har alle input ved deres mest sandsynlige værdi; trækninger siges der ved.",
        "The plan's own figures have every input at its mode; what is of draws says so.",
    ),
    "targets": Bilingual(
        "Beløb er i målets egen enhed. Sandsynligheder er fra robusthedstesten, med 95 %-interval.",
        "Amounts are in the target's own unit. Probabilities are from the stress test, with 95% interval.",
    ),
    "starts": Bilingual(
        "Ton, annuitet, drift og besparelser er dem i opgørelsesåret; årsværk er det største behov i noget år.",
        "Tonnes, annuity, opex and savings are those in the report year; staff is the largest need of any year.",
    ),
    "limits": Bilingual(
        "Venstre side er planens forbrug. Regler tæller tilstande og har ingen enhed.",
        "The left side is what the plan uses. Rules count states and have no unit.",
    ),
    "quantities": Bilingual(
        "Klimaaftrykket står i hvert regnskab for sig: regnskaber med forskellig metode må ikke lægges sammen.",
        "The footprint stands in each account by itself: accounts of different method do not add.",
    ),
    "money": Bilingual(
        "Anlæg betales i året; annuiteten fordeler det over levetiden, så læg kun én af de to sammen med resten. "
        "Målte besparelser står ved den enhed, hvis måler viser dem.",
        "Capex is paid in the year; the annuity spreads it over the lifetime, so add only one of the two to the rest. "
        "Metered savings stand with the unit whose meter shows them.",
    ),
    "staff": Bilingual("Hvad planens starter har brug for.", "What the starts of the plan need."),
    "contributions": Bilingual(
        "Andelene af den fælles reduktion lægger sig sammen til hele reduktionen; effekter hver for sig overlapper.",
        "The shares of the joint reduction sum to all of it; effects by themselves overlap.",
    ),
    "stress": Bilingual(
        "Beløb er i målets egen enhed. Et typetal er ikke et gennemsnit: planens eget tal har alle input ved deres "
        "mest sandsynlige værdi.",
        "Amounts are in the target's own unit. Modes are not means: the plan's own figure has every input at its mode.",
    ),
    "touched": Bilingual(
        "Hver værdi før og nu, og hvilket scenarie der ændrer den.",
        "Each value old and new, and which scenario changes it.",
    ),
    "sources": Bilingual(
        "Tallene under karaktererne er rækker i tabellerne, som er taget fra kilden.",
        "The numbers under the grades are rows of the tables that are taken from the source.",
    ),
    "evidence": Bilingual(
        "Andele af hver del af svaret. Den svageste karakter tæller, hvor flere rækker giver et tal.",
        "Shares of each part of the answer. Where several rows make a figure, the weakest grade counts.",
    ),
    "manifest": Bilingual(
        "Filers indhold er kendt ved deres SHA-256.", "Contents of files are known by their SHA-256."
    ),
}

_COLUMNS = {
    "figure": Bilingual("tal", "figure"),
    "value": Bilingual("værdi", "value"),
    "measure": Bilingual("måleenhed", "measure"),
    "id": Bilingual("id", "id"),
    "year": Bilingual("år", "year"),
    "target": Bilingual("mål", "target"),
    "quantity": Bilingual("mængde", "quantity"),
    "account": Bilingual("regnskab", "account"),
    "base": Bilingual("udgangspunkt", "base"),
    "cap": Bilingual("loft", "cap"),
    "residual_background": Bilingual("uden nye indsatser", "background"),
    "residual": Bilingual("planen", "plan"),
    "residual_on_paper": Bilingual("planen, som regnskabet vil vise den", "plan as the account will show it"),
    "judged": Bilingual("det, målet dømmes efter", "what the target is judged by"),
    "judged_background": Bilingual("det samme uden nye indsatser", "the same of the background"),
    "shortfall": Bilingual("manko", "shortfall"),
    "shortfall_background": Bilingual("manko uden nye indsatser", "shortfall of the background"),
    "met": Bilingual("nås", "met"),
    "probability_met": Bilingual("sandsynlighed for at nå målet", "probability of meeting the target"),
    "probability_met_low": Bilingual("sandsynlighed, nedre grænse", "probability, lower end"),
    "probability_met_high": Bilingual("sandsynlighed, øvre grænse", "probability, upper end"),
    "probability_met_error": Bilingual("sandsynlighed, standardfejl", "probability, standard error"),
    "probability_met_background": Bilingual("sandsynlighed uden nye indsatser", "probability of the background"),
    "planned": Bilingual("planens eget tal", "plan's own figure"),
    "mean": Bilingual("gennemsnit", "mean"),
    "mean_error": Bilingual("gennemsnit, standardfejl", "mean, standard error"),
    "p05": Bilingual("P5", "P5"),
    "p50": Bilingual("P50", "P50"),
    "p95": Bilingual("P95", "P95"),
    "expected_shortfall": Bilingual("forventet manko", "expected shortfall"),
    "confidence": Bilingual("sikkerhed, der bedes om", "confidence asked for"),
    "hard": Bilingual("hårdt", "hard"),
    "priority": Bilingual("prioritet", "priority"),
    "initiative": Bilingual("indsats", "initiative"),
    "track": Bilingual("spor", "track"),
    "unit": Bilingual("enhed", "unit"),
    "level": Bilingual("niveau", "level"),
    "start": Bilingual("start", "start"),
    "report_year": Bilingual("opgørelsesår", "report year"),
    "tonnes_in_plan": Bilingual("andel af fælles reduktion [tCO2e/a]", "share of the joint reduction [tCO2e/a]"),
    "tonnes_alone": Bilingual("reduktion for sig [tCO2e/a]", "reduction by itself [tCO2e/a]"),
    "capex_to_year": Bilingual(
        "anlæg til og med opgørelsesåret [kr., {price_year}]", "capex until the report year [DKK of {price_year}]"
    ),
    "capex_total": Bilingual(
        "anlæg i hele perioden [kr., {price_year}]", "capex of the whole period [DKK of {price_year}]"
    ),
    "annuity": Bilingual("annuitet [kr./a, {price_year}]", "annuity [DKK/a of {price_year}]"),
    "opex": Bilingual("drift [kr./a, {price_year}]", "opex [DKK/a of {price_year}]"),
    "saving_own_cashable": Bilingual(
        "egne besparelser, kontante [kr./a, {price_year}]", "own savings, cashable [DKK/a of {price_year}]"
    ),
    "saving_own_avoided": Bilingual(
        "egne besparelser, undgåede indkøb [kr./a, {price_year}]",
        "own savings, avoided purchases [DKK/a of {price_year}]",
    ),
    "staff_of": Bilingual("{skill} [årsværk]", "{skill} [FTE]"),
    "grade_effect": Bilingual("dokumentation af effekt", "evidence of the effect"),
    "equation": Bilingual("ligning", "equation"),
    "limit": Bilingual("ramme eller regel", "limit or rule"),
    "left": Bilingual("planen", "plan"),
    "sense": Bilingual("forhold", "sense"),
    "right": Bilingual("grænse", "limit"),
    "slack": Bilingual("tilbage", "left over"),
    "binding": Bilingual("binder", "binds"),
    "kept": Bilingual("holdt", "kept"),
    "category": Bilingual("kategori", "category"),
    "group": Bilingual("gruppe", "group"),
    "scope": Bilingual("scope", "scope"),
    "case": Bilingual("hvad", "case"),
    "counted": Bilingual("opgjort", "counted"),
    "kind": Bilingual("art [kr./a, {price_year}-priser]", "kind [DKK/a, prices of {price_year}]"),
    "skill": Bilingual("kompetence [årsværk]", "skill [FTE]"),
    "table": Bilingual("tabel", "table"),
    "key": Bilingual("række", "row"),
    "column": Bilingual("kolonne", "column"),
    "old": Bilingual("før", "old"),
    "new": Bilingual("nu", "new"),
    "scenario": Bilingual("scenarie", "scenario"),
    "reason": Bilingual("begrundelse", "reason"),
    "source": Bilingual("kilde", "source"),
    "url": Bilingual("adresse", "address"),
    "read": Bilingual("læst", "read"),
    "note": Bilingual("bemærkning", "note"),
    "part": Bilingual("del", "part"),
    "what": Bilingual("hvad", "what"),
}

_FIGURES = {
    "region": Bilingual("Region", "Region"),
    "scenario": Bilingual("Scenarie", "Scenario"),
    "scenario_id": Bilingual("Scenariets id", "Id of the scenario"),
    "confirmed": Bilingual("Forudsætninger bekræftet af regionen", "Assumptions confirmed by the region"),
    "interrupted": Bilingual("Kørslen blev afbrudt", "The run was interrupted"),
    "starts": Bilingual("Nye starter", "New starts"),
    "targets": Bilingual("Mål", "Targets"),
    "targets_met": Bilingual("Mål, som planen når", "Targets that the plan meets"),
    "footprint": Bilingual("Klimaaftryk i {year}", "Footprint in {year}"),
    "footprint_on_paper": Bilingual(
        "Klimaaftryk i {year}, som regnskabet vil vise det", "Footprint in {year} as the account will show it"
    ),
    "avoided": Bilingual("Reduktion i {year}", "Reduction in {year}"),
    "avoided_summed": Bilingual("Reduktion i alt {first}–{last}", "Reduction summed {first}–{last}"),
    "money": Bilingual(
        "Prisår; nutidsværdier er over {first}–{last}", "Price year; present values are over {first}–{last}"
    ),
    "npv": Bilingual("Nettonutidsværdi (omkostning)", "Net present value (cost)"),
    "gross": Bilingual("Anlæg og drift, nutidsværdi", "Capex and opex, present value"),
    "savings_cashable": Bilingual("Kontante besparelser, nutidsværdi", "Cashable savings, present value"),
    "savings_avoided": Bilingual("Undgåede indkøb, nutidsværdi", "Avoided purchases, present value"),
    "carbon_value": Bilingual(
        "Værdi af undgåede ton, nutidsværdi (ikke penge)", "Value of avoided tonnes, present value (not money)"
    ),
    "equivalent_annual": Bilingual("Årlig omkostning, jævnt fordelt", "Equivalent annual cost"),
    "annual": Bilingual("Omkostning i {year}", "Cost in {year}"),
    "capex_total": Bilingual("Anlæg i hele perioden", "Capex of the whole period"),
    "capex_until_last_start": Bilingual("Anlæg til og med {last}", "Capex until {last}"),
    "draws": Bilingual("Trækninger i robusthedstesten", "Draws of the stress test"),
    "seed": Bilingual("Frø", "Seed"),
    "sampler": Bilingual("Trækkes som", "Sampler"),
    "joint_probability": Bilingual("Sandsynlighed for at nå alle mål", "Probability of meeting all targets"),
    "joint_probability_low": Bilingual(
        "Sandsynlighed for at nå alle mål, nedre grænse", "Probability of meeting all targets, lower end"
    ),
    "joint_probability_high": Bilingual(
        "Sandsynlighed for at nå alle mål, øvre grænse", "Probability of meeting all targets, upper end"
    ),
    "drawn_npv": Bilingual("Nettonutidsværdi i trækningerne", "Net present value of the draws"),
    "drawn_outlay": Bilingual("Anlæg i trækningerne", "Capex of the draws"),
    "overrun_probability": Bilingual(
        "Sandsynlighed for mere anlæg end planlagt", "Probability of more capex than planned"
    ),
    "gap": Bilingual("Afstand til bevist grænse", "Gap to the proven bound"),
    "verified": Bilingual("Efterregnet uden afvigelse", "Recomputed in agreement"),
    "difference": Bilingual("Største relative afvigelse", "Largest relative difference"),
}

_MONEY = {
    "capex_outlay": Bilingual("Anlæg betalt i året", "Capex paid in the year"),
    "annuity": Bilingual("Annuitet af anlæg", "Annuity of capex"),
    "opex": Bilingual("Drift", "Opex"),
    "saving_own_cashable": Bilingual("Egne besparelser, kontante", "Own savings, cashable"),
    "saving_own_avoided": Bilingual("Egne besparelser, undgåede indkøb", "Own savings, avoided purchases"),
    "saving_metered_cashable": Bilingual("Målte besparelser, kontante", "Metered savings, cashable"),
    "saving_metered_avoided": Bilingual("Målte besparelser, undgåede indkøb", "Metered savings, avoided purchases"),
}

_WORDS = {
    "title": Bilingual("Scenariet “{scenario}”", "The scenario “{scenario}”"),
    "whole": Bilingual("Hele regionen", "The whole region"),
    "case.plan": Bilingual("planen", "plan"),
    "case.background": Bilingual("uden nye indsatser", "background"),
    "case.tonnes_in_plan": Bilingual("andel af fælles reduktion", "share of the joint reduction"),
    "case.tonnes_alone": Bilingual("for sig", "by itself"),
    "sense.at_most": Bilingual("højst", "at most"),
    "sense.at_least": Bilingual("mindst", "at least"),
    "sense.equal": Bilingual("lig med", "equal to"),
    "statistic.mean": Bilingual("gennemsnit", "mean"),
    "statistic.p05": Bilingual("P5", "P5"),
    "statistic.p50": Bilingual("P50", "P50"),
    "statistic.p95": Bilingual("P95", "P95"),
    "manifest.made": Bilingual("lavet (UTC)", "made (UTC)"),
    "manifest.command": Bilingual("kommando", "command"),
    "manifest.versions": Bilingual("version", "version"),
    "manifest.inputs": Bilingual("læst (SHA-256)", "read (SHA-256)"),
    "manifest.outputs": Bilingual("skrevet (SHA-256)", "written (SHA-256)"),
    "manifest.options": Bilingual("valg", "option"),
    "manifest.seconds": Bilingual("sekunder", "seconds"),
}

EXPORTS = {
    f"export.{theme}{key}": text
    for theme, texts in (
        ("short.", _SHEETS),
        ("sheet.", _TITLES),
        ("note.", _NOTES),
        ("column.", _COLUMNS),
        ("figure.", _FIGURES),
        ("money.", _MONEY),
        ("", _WORDS),
    )
    for key, text in texts.items()
}
