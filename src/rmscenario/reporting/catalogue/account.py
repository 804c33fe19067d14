"""Texts on accounts: how one came from its base year to its latest figure."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

ACCOUNT = {
    "account.title": Bilingual("Klimaregnskabet i {region}, {first}–{last}", "The account of {region}, {first}–{last}"),
    "account.lead": Bilingual(
        "Fra {before} i {first} til {after} i {last}: {change} ({percent}). Egen indsats er {own} af det ({low} til {high}). "
        "Resten er ikke egen indsats og må ikke læses som det.",
        "From {before} in {first} to {after} in {last}: {change} ({percent}). Own effort is {own} of it ({low} to {high}). "
        "The rest is no own effort and must not be read as such.",
    ),
    "account.again": Bilingual(
        "Metoden er skiftet undervejs: {change} ({low} til {high}) er metode. I den nyeste metode er {first} genberegnet til "
        "{again} (faktor {factor}, mellem {least} og {most}); derfra er ændringen {left} ({percent}).",
        "The method changed on the way: {change} ({low} to {high}) is method. In the newest method {first} is re-expressed as "
        "{again} (factor {factor}, between {least} and {most}); from there the change is {left} ({percent}).",
    ),
    "account.break": Bilingual(
        "Fra {before} til {after} skifter metoden: {value} bliver til {new}, {change}. Efter regnskabernes faktorer svarer "
        "{value} til {again} i den nye metode: {factor} er metode. Yderligere {rest} kan ingen kendt årsag forklare, og ingen "
        "kan skelne dem fra metode: de regnes som metode. I alt {method}.",
        "From {before} to {after} the method changes: {value} becomes {new}, {change}. By the factors of the accounts {value} "
        "is {again} in the new method: {factor} is method. A further {rest} no known cause explains, and nobody can tell them "
        "from method: they count as method. In all {method}.",
    ),
    "account.unexplained": Bilingual(
        "Inden for samme metode kan {amount} ({low} til {high}) ikke forklares.",
        "Within one method {amount} ({low} to {high}) cannot be explained.",
    ),
    "account.explained": Bilingual(
        "Inden for samme metode er alt forklaret.", "Within one method everything is explained."
    ),
    "account.rests": Bilingual(
        "Af alle bevægelser, op og ned, hviler {assumed} på antagelser; {nothing} er det, der er til overs.",
        "Of all movements, up and down, {assumed} rest on assumptions; {nothing} are what is left over.",
    ),
    "account.left_out": Bilingual(
        "Udeladt, fordi de kun delvis ligger inden for afgrænsningen: {events}.",
        "Left out, because they lie only partly within the boundary: {events}.",
    ),
    "account.parts": Bilingual("Hvad ændringen består af", "What the change consists of"),
    "account.parts.note": Bilingual(
        "I ton CO₂e; minus er mindre. Delene summer til ændringen. Mindst og mest: hvert usikkert tal ved den ende, der flytter "
        "delen mest, så de summer ikke.",
        "In tonnes of CO₂e; minus is less. The parts sum to the change. Least and most: every uncertain figure at the end that "
        "moves the part most, so they do not sum.",
    ),
    "account.steps": Bilingual("Fra tal til tal", "From figure to figure"),
    "account.steps.note": Bilingual(
        "I den nyeste metode; første kolonne er genberegningen af udgangspunktet.",
        "In the newest method; the first column is the re-expression of the starting point.",
    ),
    "account.kept": Bilingual("Serierne, som de er offentliggjort", "The series as published"),
    "account.kept.note": Bilingual(
        "Tal efter forskellig metode er ikke punkter på én kurve.",
        "Figures by different methods are no points of one curve.",
    ),
    "account.kept.assumed": Bilingual(
        "“{account}” i nyeste metode: faktoren er ikke offentliggjort, den er antaget ({title}).",
        "“{account}” in the newest method: the factor is not published, it is assumed ({title}).",
    ),
    "account.column.cause": Bilingual("Årsag", "Cause"),
    "account.column.change": Bilingual("Ændring", "Change"),
    "account.column.low": Bilingual("Mindst", "Least"),
    "account.column.high": Bilingual("Mest", "Most"),
    "account.column.grade": Bilingual("Hviler på", "Rests on"),
    "account.column.account": Bilingual("Regnskab", "Account"),
    "account.column.year": Bilingual("År", "Year"),
    "account.column.value": Bilingual("Offentliggjort", "Published"),
    "account.column.again": Bilingual("I nyeste metode", "In the newest method"),
    "account.column.again.first": Bilingual("Genberegnet", "Re-expressed"),
    "account.sum": Bilingual("Ændring i alt", "Change in all"),
    "account.rest": Bilingual("det, der er til overs", "what is left over"),
    "account.cause.own": Bilingual("Egne indsatser", "Own initiatives"),
    "account.cause.background": Bilingual("Baggrund (net og leverandører)", "Background (grids, suppliers)"),
    "account.cause.activity": Bilingual("Aktivitet", "Activity"),
    "account.cause.construction": Bilingual("Byggeri", "Construction"),
    "account.cause.one_off": Bilingual("Engangshændelser", "One-off events"),
    "account.cause.unexplained": Bilingual("Uforklaret", "Unexplained"),
    "account.cause.method": Bilingual("Metode", "Method"),
    "account.method.factor": Bilingual("Metode: udgangspunktet genberegnet", "Method: starting point re-expressed"),
    "account.method.step": Bilingual("Metode: rest i året med skift", "Method: rest of the step of change"),
    "account.figure": Bilingual(
        "{change} fra {first} til {last}, heraf {own} egen indsats",
        "{change} from {first} to {last}, of which {own} by own effort",
    ),
    "account.figure.subtitle": Bilingual(
        "{before} i {first} ({old}) mod {after} i {last} ({new}); {unit}",
        "{before} in {first} ({old}) against {after} in {last} ({new}); {unit}",
    ),
    "account.figure.note": Bilingual(
        "Streger: fra mindst til mest, med hvert usikkert tal ved den ende, der flytter delen mest.",
        "Lines: from least to most, with every uncertain figure at the end that moves the part most.",
    ),
    "account.written": Bilingual("Skrevet i {path}", "Written to {path}"),
}
