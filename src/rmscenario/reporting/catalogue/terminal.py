"""Texts of the command line beside its results: progress, notes, and how a command ended."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

TERMINAL = {
    "terminal.note": Bilingual("bemærk: {text}", "note: {text}"),
    "terminal.touched": Bilingual("ændret: {text}", "touched: {text}"),
    "terminal.touched.many": Bilingual(
        "{where}, {count} værdier, bl.a. {example}; alle står i touched.csv",
        "{where}, {count} values, such as {example}; all stand in touched.csv",
    ),
    "terminal.touched.value": Bilingual("{old} → {new} ({scenario})", "{old} → {new} ({scenario})"),
    "terminal.touched.new": Bilingual("ny række: {row} ({scenario})", "new: {row} ({scenario})"),
    "terminal.touched.gone": Bilingual("taget ud: {row} ({scenario})", "taken out: {row} ({scenario})"),
    "terminal.blank": Bilingual("(tom)", "(blank)"),
    "terminal.written": Bilingual("skrevet: {path}", "written: {path}"),
    "terminal.interrupted": Bilingual(
        "afbrudt: den plan, der var fundet, er efterregnet og gemt; dele af kørslen mangler",
        "interrupted: the plan found until then is verified and kept; parts of the run are missing",
    ),
    "terminal.unverified": Bilingual(
        "afbrudt: planen er gemt i {path} og bliver nu efterregnet (Ctrl-C igen slutter straks)",
        "interrupted: the plan is kept in {path} and is now being verified (Ctrl-C again ends at once)",
    ),
    "terminal.analysis_interrupted": Bilingual(
        "afbrudt: svarene bygger på det, der var regnet, og er gemt",
        "interrupted: the answers rest on what was computed until then, and are kept",
    ),
    "terminal.damaged.one": Bilingual(
        "1 blok af verdener var beskadiget og regnes igen", "1 block of worlds was damaged and is done again"
    ),
    "terminal.damaged": Bilingual(
        "{count} blokke af verdener var beskadigede og regnes igen",
        "{count} blocks of worlds were damaged and are done again",
    ),
    "terminal.missed": Bilingual("når ikke {targets}", "misses {targets}"),
    "terminal.missed.many": Bilingual("når ikke {missed} af {all} mål", "misses {missed} of {all} targets"),
    "terminal.missed.joint": Bilingual(
        "når ikke alle mål på én gang i {wanted} af udfaldene",
        "does not meet all targets together in {wanted} of the draws",
    ),
    "terminal.not_proven": Bilingual(
        "er ikke bevist så nær den bedste, som der blev bedt om (afstand {gap}; --set planning.max_nodes=… søger videre)",
        "is not proven to the gap asked for ({gap} reached; --set planning.max_nodes=… searches on)",
    ),
    "terminal.not_bounded": Bilingual(
        "er den bedste, der blev fundet, uden at det vides, hvor nær den bedste den er",
        "is the best that was found, without knowing how near the best it is",
    ),
    "terminal.finding": Bilingual(
        "kode {code}: planen er hel og efterregnet, og den {reasons}; det er et resultat, ingen fejl",
        "exit code {code}: the plan is whole and verified, and {reasons}; this is a finding, no fault",
    ),
    "terminal.and": Bilingual(" og ", " and "),
    "terminal.no_companion": Bilingual("ingen plan ved siden af planen: {reason}", "no plan beside the plan: {reason}"),
    "phase.read": Bilingual("læser", "reading"),
    "phase.plan": Bilingual("planlægger", "planning"),
    "phase.assess": Bilingual("gør op", "assessing"),
    "phase.verify": Bilingual("efterregner", "verifying"),
    "phase.stress": Bilingual("robusthedstest", "stress test"),
    "phase.companion": Bilingual("planen ved siden af", "plan beside the plan"),
    "phase.explain": Bilingual("forklarer", "explaining"),
    "phase.worlds": Bilingual("verdener", "worlds"),
    "phase.figures": Bilingual("figurer", "figures"),
    "phase.agreements": Bilingual("aftaler", "agreements"),
    "phase.report": Bilingual("rapport", "report"),
    "phase.export": Bilingual("eksport", "export"),
    "phase.write": Bilingual("skriver", "writing"),
    "progress.cost": Bilingual("pris og manko", "cost with shortfalls"),
    "progress.cost.alone": Bilingual("pris", "cost"),
    "progress.shortfall": Bilingual("manko, {targets}", "shortfall, {targets}"),
    "progress.summed": Bilingual("samlet udledning", "summed emissions"),
    "progress.round": Bilingual("runde {round}", "round {round}"),
    "progress.incumbent": Bilingual("bedste plan {value}", "incumbent {value}"),
    "progress.bound": Bilingual("grænse {value}", "bound {value}"),
    "progress.gap": Bilingual("afstand {gap}", "gap {gap}"),
    "progress.of_base": Bilingual("{share} af udgangspunktet", "{share} of the base"),
    "progress.draws": Bilingual("{done} af {total} trækninger", "{done} of {total} draws"),
    "progress.worlds": Bilingual("{done} af {total} verdener{left}", "{done} of {total} worlds{left}"),
    "progress.left": Bilingual(", ca. {minutes} min. tilbage", ", about {minutes} min left"),
    "progress.answers": Bilingual("{done} af {total} svar", "{done} of {total} answers"),
    "progress.searches": Bilingual("{done} af {total} søgninger", "{done} of {total} searches"),
}
