"""Texts of the summary for the terminal."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

SUMMARY = {
    "summary.title": Bilingual("Scenarie: {scenario}", "Scenario: {scenario}"),
    "summary.starts": Bilingual("Nye starter i planen: {starts}.", "New starts in the plan: {starts}."),
    "summary.starts.none": Bilingual("Planen starter ingen nye indsatser.", "The plan starts no new initiatives."),
    "summary.targets": Bilingual("Hvor vi ender", "Where we end"),
    "summary.targets.none": Bilingual("Scenariet har ingen mål.", "The scenario has no targets."),
    "summary.target": Bilingual("{name}: {residual}; {state}", "{name}: {residual}; {state}"),
    "summary.target.year": Bilingual("{name}, i {year}: {residual}; {state}", "{name}, in {year}: {residual}; {state}"),
    "summary.target.until": Bilingual(
        "{name}, sum til og med {year}: {residual}; {state}", "{name}, sum until {year}: {residual}; {state}"
    ),
    "summary.on_paper": Bilingual(
        "Fysisk {physical}; i klimaregnskabet {shown}, for det ser ikke alt, hvad indsatserne fjerner.",
        "Physically {physical}; in the account {shown}, which does not see all that initiatives remove.",
    ),
    "summary.residual.change": Bilingual("{residual} ({change})", "{residual} ({change})"),
    "summary.met": Bilingual("målet nås.", "the target is met."),
    "summary.missed": Bilingual("der mangler {shortfall}.", "{shortfall} are missing."),
    "summary.certified.share.chosen": Bilingual(
        "Planen er valgt til at nå det i {wanted} af udfaldene; på udfald, som ingen beslutning har set, når den det i "
        "{reached} (95 %: {low}–{high}).",
        "The plan was chosen to meet it in {wanted} of the draws; on draws that no decision has seen it does in "
        "{reached} (95%: {low}–{high}).",
    ),
    "summary.certified.tail.chosen": Bilingual(
        "Planen er valgt til at nå det {wanted}; på udfald, som ingen beslutning har set, når den det i {reached} "
        "(95 %: {low}–{high}).",
        "The plan was chosen to meet it {wanted}; of draws that no decision has seen it meets it in {reached} "
        "(95%: {low}–{high}).",
    ),
    "summary.probability": Bilingual(
        "Sandsynlighed for at nå det: {probability}.", "Probability of meeting it: {probability}."
    ),
    "probability.few": Bilingual("kun {draws} trækninger", "only {draws} draws"),
    "probability.between": Bilingual("{probability} (± {points} procentpoint)", "{probability} (± {points} points)"),
    "summary.between": Bilingual(
        "± er den usikkerhed, som antallet af trækninger giver (95 %).",
        "± is the uncertainty that the number of draws leaves (95%).",
    ),
    "summary.share": Bilingual(
        "{name}, i {year}: {plan} (målet er {wanted}; {background} uden nye indsatser). {quantity}: {residual}; {state}",
        "{name}, in {year}: {plan} (the target is {wanted}; {background} without new initiatives). {quantity}: "
        "{residual}; {state}",
    ),
    "summary.share.met": Bilingual("under loftet.", "within the cap."),
    "summary.share.missed": Bilingual("{shortfall} over loftet.", "{shortfall} above the cap."),
    "summary.range": Bilingual(
        "9 af 10 udfald: {low} til {high}, det midterste {median}.",
        "9 of 10 outcomes: {low} to {high}, median {median}.",
    ),
    "summary.certain": Bilingual(
        "Med {certainty} sikkerhed: {left} eller bedre.", "With {certainty} certainty: {left} or better."
    ),
    "summary.modes": Bilingual(
        "Planens egne tal regner med det mest sandsynlige af alt og start til tiden. Det er ikke midten af udfaldene.",
        "The plan's own figures take the most likely of everything and starts on time. That is not the middle of outcomes.",
    ),
    "summary.joint": Bilingual(
        "Sandsynlighed for at nå alle mål på én gang: {probability}.",
        "Probability of meeting all targets at once: {probability}.",
    ),
    "summary.cost": Bilingual("Hvad det koster", "What it costs"),
    "summary.npv.cost": Bilingual(
        "I nutidsværdi over {years}: {gross} i udgifter, {savings_cashable} i kontante besparelser og "
        "{savings_avoided} i undgåede indkøb; netto koster planen {npv}.",
        "In present value over {years}: {gross} of spending, {savings_cashable} of cashable savings and "
        "{savings_avoided} of avoided purchases; net, the plan costs {npv}.",
    ),
    "summary.npv.gain": Bilingual(
        "I nutidsværdi over {years}: {gross} i udgifter, {savings_cashable} i kontante besparelser og "
        "{savings_avoided} i undgåede indkøb; netto giver planen et overskud på {npv}.",
        "In present value over {years}: {gross} of spending, {savings_cashable} of cashable savings and "
        "{savings_avoided} of avoided purchases; net, the plan gains {npv}.",
    ),
    "summary.npv.drawn.gain": Bilingual(
        "Det er, hvis alt går som mest sandsynligt. I robusthedstesten er overskuddet {mean} i gennemsnit; 9 af 10 udfald: "
        "{low} til {high}. Sandsynlighed for at betale mere i anlæg end planlagt: {overrun}.",
        "That is if all goes as most likely. In the stress test the gain is {mean} on average; 9 of 10 outcomes: {low} to "
        "{high}. Probability of paying more capex than planned: {overrun}.",
    ),
    "summary.npv.drawn.cost": Bilingual(
        "Det er, hvis alt går som mest sandsynligt. I robusthedstesten koster planen {mean} i gennemsnit; 9 af 10 udfald: "
        "{low} til {high}. Sandsynlighed for at betale mere i anlæg end planlagt: {overrun}.",
        "That is if all goes as most likely. In the stress test the plan costs {mean} on average; 9 of 10 outcomes: {low} "
        "to {high}. Probability of paying more capex than planned: {overrun}.",
    ),
    "summary.annual.cost": Bilingual(
        "I {year} koster den {annual} om året, når besparelser er trukket fra.",
        "In {year} it costs {annual} a year after savings.",
    ),
    "summary.annual.gain": Bilingual(
        "I {year} giver den {annual} om året, når udgifter er trukket fra.",
        "In {year} it gains {annual} a year after spending.",
    ),
    "summary.capex": Bilingual(
        "Anlæg: {capex} til og med {last}, fornyelser medregnet.",
        "Capex: {capex} until {last}, renewals included.",
    ),
    "summary.capex.beyond": Bilingual(
        "Starterne binder {amount}, som skal betales i {years}: efter {budget}, den sidste ramme, og derfor uden for alle "
        "rammer.",
        "The starts commit {amount} to be paid in {years}: after {budget}, the last budget, and so outside every limit.",
    ),
    "summary.cashable.cost": Bilingual(
        "Undgåede indkøb bliver kun til penge, hvis budgetterne sænkes. Uden dem koster planen {amount}.",
        "Avoided purchases become money only if budgets are lowered. Without them the plan costs {amount}.",
    ),
    "summary.cashable.gain": Bilingual(
        "Undgåede indkøb bliver kun til penge, hvis budgetterne sænkes. Også uden dem giver planen et overskud på {amount}.",
        "Avoided purchases become money only if budgets are lowered. Even without them the plan gains {amount}.",
    ),
    "summary.way": Bilingual("Hvad der står i vejen", "What stands in the way"),
    "summary.way.none": Bilingual(
        "Ingen af rammerne; der mangler kendte indsatser.", "None of the limits; known initiatives are lacking."
    ),
    "summary.way.family": Bilingual("{family}.", "{family}."),
    "summary.way.none_used": Bilingual("Ingen ramme er brugt op.", "No limit is used up."),
    "summary.way.rows.one": Bilingual("1 ramme er brugt op: {which}.", "1 limit is used up: {which}."),
    "summary.way.rows": Bilingual("{rows} rammer er brugt op: {which}.", "{rows} limits are used up: {which}."),
    "summary.way.row": Bilingual("{label} ({used} brugt)", "{label} ({used} used)"),
    "summary.way.out_of_reach": Bilingual(
        "Kendte indsatser. {name}: selv når alt starter tidligst, uden hensyn til penge, årsværk og antal starter, ender det "
        "på {earliest} i {year}; målet er {cap}. Med kendte indsatser kan det ikke nås.",
        "Known initiatives. {name}: even with everything started at its earliest, money, staff and starts left aside, it "
        "ends at {earliest} in {year}; the target is {cap}. With known initiatives it cannot be met.",
    ),
    "summary.way.doubtful": Bilingual(
        "{name}: når alt starter tidligst, ender det på {earliest} i {year}; målet er {cap}. Det er ikke bevist, at det ikke "
        "kan nås.",
        "{name}: with everything started at its earliest it ends at {earliest} in {year}; the target is {cap}. It is not "
        "proven that it cannot be met.",
    ),
    "summary.way.within_reach": Bilingual(
        "{name}: når alt starter tidligst, ender det på {earliest} i {year}; målet er {cap}. Kendte indsatser rækker altså; "
        "det er pris, rammer og andre mål, der står i vejen.",
        "{name}: with everything started at its earliest it ends at {earliest} in {year}; the target is {cap}. So known "
        "initiatives suffice; price, limits and other targets stand in the way.",
    ),
    "summary.way.risk": Bilingual(
        "{name}, når alt starter tidligst, uden hensyn til penge, årsværk og antal starter: {how} {earliest} i {year}; målet er "
        "{cap}, og det nås i {reached} af udfaldene.",
        "{name}, with everything started at its earliest, money, staff and starts left aside: {how} {earliest} in {year}; the "
        "target is {cap}, and it is met in {reached} of the draws.",
    ),
    "summary.way.risk.within_reach": Bilingual(
        "Kendte indsatser rækker altså; det er pris, rammer og andre mål, der står i vejen.",
        "So known initiatives suffice; price, limits and other targets stand in the way.",
    ),
    "summary.way.risk.doubtful": Bilingual(
        "Det er mindre, end der er ønsket; det er ikke bevist, at ingen anden plan når det.",
        "That is less than is wished for; it is not proven that no other plan reaches it.",
    ),
    "summary.way.alike": Bilingual("Det samme gælder: {names}.", "The same holds for: {names}."),
    "summary.way.nearest": Bilingual(
        "{name}: den nærmeste plan inden for alle rammer, uden hensyn til pris og andre mål, mangler {nearest}; planen selv "
        "mangler {plan}. Linjerne herunder skal læses mod den nærmeste plan.",
        "{name}: the nearest plan within all limits, price and other targets left aside, lacks {nearest}; the plan itself "
        "lacks {plan}. The lines below are to be read against the nearest plan.",
    ),
    "summary.way.at_modes": Bilingual(
        "Linjerne om den nærmeste plan regner med alt som planlagt, også i det, planen selv mangler; risikoen er ikke med.",
        "The lines on the nearest plan take everything as planned, also in what the plan itself lacks; the risk is no part of it.",
    ),
    "summary.way.lifted": Bilingual(
        "Uden denne slags rammer ville der mangle {shortfall} i den nærmeste plan{less} ({name}).",
        "Without limits of this kind {shortfall} would be missing in the nearest plan{less} ({name}).",
    ),
    "summary.way.lifted.all": Bilingual(
        "Uden nogen rammer ville der mangle {shortfall} i den nærmeste plan{less} ({name}).",
        "Without any limits {shortfall} would be missing in the nearest plan{less} ({name}).",
    ),
    "summary.way.less": Bilingual(", {less} mindre", ", {less} less"),
    "summary.way.less.none": Bilingual(", lige så meget", ", no less"),
    "summary.trust": Bilingual("Hvad svaret hviler på", "What the answer rests on"),
    "summary.assumed": Bilingual("Antagelser udgør {parts}.", "Assumptions make up {parts}."),
    "summary.evidence.base": Bilingual("{share} af udgangspunktet", "{share} of the base"),
    "summary.evidence.background": Bilingual("{share} af fremskrivningen", "{share} of the background"),
    "summary.evidence.effect": Bilingual("{share} af effekten", "{share} of the effect"),
    "summary.evidence.cost": Bilingual("{share} af pengene", "{share} of the money"),
    "summary.evidence.limits": Bilingual("{share} af rammerne", "{share} of the limits"),
    "summary.gap": Bilingual(
        "En bedre plan kan højst vinde {gap} af alle udgifter og besparelser lagt sammen.",
        "A better plan could gain at most {gap} of all spending and savings taken together.",
    ),
    "summary.verified": Bilingual(
        "En uafhængig efterregning giver de samme tal.", "An independent recomputation gives the same figures."
    ),
    "summary.not_verified": Bilingual(
        "Den uafhængige efterregning giver ANDRE tal: brug ikke planen.",
        "The independent recomputation gives OTHER figures: do not use the plan.",
    ),
    "family.money": Bilingual("Penge", "Money"),
    "family.staff": Bilingual("Årsværk", "Staff"),
    "family.starts": Bilingual("Antal starter pr. aftaleperiode", "Starts per round"),
    "family.prerequisites": Bilingual("Indsatser, der kræver andre først", "Initiatives that need others first"),
    "family.exclusions": Bilingual("Indsatser, der udelukker hinanden", "Initiatives that exclude each other"),
    "family.minimum": Bilingual("Mindste antal starter pr. spor", "Fewest starts per track"),
    "family.duties": Bilingual("Besluttede indsatser", "Decided initiatives"),
    "family.commitments": Bilingual("Forpligtelser i aftalerne", "Commitments of the agreements"),
    "family.outlay_share": Bilingual("Loft over en enheds andel af udgifterne", "Cap on a unit's share of outlay"),
    "family.earliest": Bilingual("Tidligste start", "Earliest starts"),
    "family.initiatives": Bilingual("Der mangler kendte indsatser", "Known initiatives are lacking"),
    "family.all": Bilingual("Alle rammer på én gang", "All limits at once"),
}
