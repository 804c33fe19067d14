"""Texts of plans under risk: what they reach and cost in a summary, and the curve of what it costs to be surer."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

CONFIDENCE = {
    "judged.mean": Bilingual("i gennemsnit af udfaldene", "in the mean of the draws"),
    "judged.tail": Bilingual(
        "i gennemsnit af de værste {worst} af udfaldene", "in the mean of the worst {worst} of the draws"
    ),
    "judged.share": Bilingual("i {wanted} af udfaldene højst", "in {wanted} of the draws at most"),
    "judged.or_better": Bilingual(
        "{outcome} eller bedre i {wanted} af udfaldene", "{outcome} or better in {wanted} of the draws"
    ),
    "judged.outcome": Bilingual("{outcome} {how}", "{outcome} {how}"),
    "judged.wished": Bilingual(
        "Det, der er ønsket, dømmes af planens nye udfald: {judged}",
        "What is wished for is judged by the plan's fresh draws: {judged}",
    ),
    "summary.judged": Bilingual("{how} {judged}: {state}", "{how} {judged}: {state}"),
    "summary.judged.close": Bilingual(
        "Det er så tæt på, at trækningerne ikke kan afgøre det (95 %).",
        "That is so close that the draws cannot tell (95%).",
    ),
    "summary.certified.share.given": Bilingual(
        "Det skal nås i {wanted} af udfaldene; på udfald, som ingen beslutning har set, nås det i {reached} (95 %: {low}–{high}).",
        "It is wished for in {wanted} of the draws; on draws that no decision has seen it is met in {reached} (95%: {low}–{high}).",
    ),
    "summary.certified.tail.given": Bilingual(
        "Det skal nås {wanted}; af udfald, som ingen beslutning har set, nås det i {reached} (95 %: {low}–{high}).",
        "It is wished for {wanted}; of draws that no decision has seen it is met in {reached} (95%: {low}–{high}).",
    ),
    "summary.certified.joint.given": Bilingual(
        "{names} skal nås på én gang i {wanted} af udfaldene; på udfald, som ingen beslutning har set, sker det i {reached} "
        "(95 %: {low}–{high}).",
        "{names} are wished for together in {wanted} of the draws; on draws that no decision has seen they are met together in "
        "{reached} (95%: {low}–{high}).",
    ),
    "summary.at_modes": Bilingual(
        "Her er alt som planlagt; risikoen er ikke med.", "Here everything is as planned; the risk is no part of it."
    ),
    "summary.certified.short.unfound": Bilingual(
        "Det er mindre end de {wanted}, der er ønsket: i de udfald, som planer vælges på, når ingen plan, der er fundet, dem; den "
        "sikreste når {furthest} dér.",
        "That is less than the {wanted} wished for: on the draws that plans are chosen on, no plan that was found reaches them; the "
        "surest reaches {furthest} there.",
    ),
    "summary.certified.short.unconfirmed": Bilingual(
        "Det er mindre end de {wanted}, der er ønsket: i de udfald, som planen er valgt på, nåede den dem ({chosen}), i nye gør den "
        "ikke.",
        "That is less than the {wanted} wished for: on the draws that the plan was chosen on it reached them ({chosen}), on fresh "
        "ones it does not.",
    ),
    "summary.certified.tail.unconfirmed": Bilingual(
        "I de udfald, som planen er valgt på, nåede den det: dér er det samme gennemsnit {chosen}.",
        "On the draws that the plan was chosen on it met it: the same mean is {chosen} there.",
    ),
    "summary.certified.short.priced": Bilingual(
        "Det er mindre end de {wanted}, der er ønsket: i de udfald, som planer vælges på, er der fundet planer, som når dem, men de "
        "koster mere end mankoen til dens pris.",
        "That is less than the {wanted} wished for: on the draws that plans are chosen on, plans that reach them were found, but cost "
        "more than the shortfall at its price.",
    ),
    "summary.certified.short.unpriced": Bilingual(
        "Det er mindre end de {wanted}, der er ønsket: i de udfald, som planer vælges på, er der fundet planer, som når dem, men de "
        "koster mere, og mankoen har ingen pris.",
        "That is less than the {wanted} wished for: on the draws that plans are chosen on, plans that reach them were found, but cost "
        "more, and the shortfall has no price.",
    ),
    "summary.certified.short.nearest": Bilingual(
        "Det er mindre end de {wanted}, der er ønsket: i de udfald, som planer vælges på, er der fundet planer, som når dem, men "
        "andre mål kommer først.",
        "That is less than the {wanted} wished for: on the draws that plans are chosen on, plans that reach them were found, but "
        "other targets come first.",
    ),
    "summary.certified.before.mean": Bilingual(
        "Planen for middelværdier når det i {before}.", "The plan for expected values meets it in {before}."
    ),
    "summary.certified.before": Bilingual(
        "Planen for middelværdier når det i {before}. De værste {worst} af udfaldene ender i gennemsnit på {cvar}, med planen for "
        "middelværdier på {cvar_before}.",
        "The plan for expected values meets it in {before}. The worst {worst} of the draws end at {cvar} on average, with the plan "
        "for expected values at {cvar_before}.",
    ),
    "summary.certified.joint.chosen": Bilingual(
        "Planen er valgt til at nå {names} på én gang i {wanted} af udfaldene; på udfald, som ingen beslutning har set, gør den det "
        "i {reached} (95 %: {low}–{high}).",
        "The plan was chosen to meet {names} together in {wanted} of the draws; on draws that no decision has seen it does in "
        "{reached} (95%: {low}–{high}).",
    ),
    "summary.premium.more": Bilingual(
        "Sikkerheden koster {premium} netto ud over planen for middelværdier, og {starts} {direction} starter.",
        "The certainty costs {premium} net beyond the plan for expected values, and {starts} {direction} starts.",
    ),
    "summary.premium.less": Bilingual(
        "Med risikoen regnet med er planen {premium} billigere netto end planen for middelværdier, med {starts} "
        "{direction} starter.",
        "With the risk inside, the plan is {premium} cheaper net than the plan for expected values, with {starts} "
        "{direction} starts.",
    ),
    "summary.premium.added": Bilingual("flere", "more"),
    "summary.premium.dropped": Bilingual("færre", "fewer"),
    "summary.proven": Bilingual(
        "En plan med samme sikkerhed kan højst være {most} billigere, prisen for manko regnet med ({certain} sikkert, fra {draws} "
        "trækninger). Det er en grov grænse: den lader planen kende hver trækning på forhånd.",
        "A plan with the same confidence can be at most {most} cheaper, the price of shortfall included ({certain} certain, from "
        "{draws} draws). That is a coarse bound: it lets the plan know each draw beforehand.",
    ),
    "confidence.title": Bilingual("Hvad sikkerhed koster: {title}", "What confidence costs: {title}"),
    "confidence.lead": Bilingual(
        "For hver ønsket sikkerhed er der søgt en plan på {planning} trækninger; den er valgt på lige så mange andre og prøvet én "
        "gang på {fresh} trækninger, som ingen beslutning har set. En strengere plan, der er billigere, træder i stedet for den "
        "mildere.",
        "For each confidence wished for, a plan was sought on {planning} draws, chosen on as many others, and tried once on "
        "{fresh} draws that no decision has seen. A stricter plan that is cheaper takes the place of the laxer one.",
    ),
    "confidence.several": Bilingual(
        "I hver række ønskes den samme sikkerhed for alle ønsker.",
        "Each row asks the same confidence of every wish.",
    ),
    "confidence.several.differing": Bilingual(
        "I hver række ønskes den samme sikkerhed for alle ønsker; sidste række er det, scenariet selv ønsker af hvert.",
        "Each row asks the same confidence of every wish; the last row is what the scenario itself asks for of each.",
    ),
    "confidence.amounts": Bilingual(
        "Beløbene er nutidsværdier i mio. kr., med alt til tiden og til tabellernes tal; minus er gevinst.",
        "Amounts are present values in DKK million, with every start on time and every figure as in the tables; a minus is a gain.",
    ),
    "confidence.bound": Bilingual(
        "Netto er penge alene. Den prissatte omkostning er det, planlæggeren vælger efter: netto minus CO₂-værdien plus prisen for "
        "manko, også den manko, som den ønskede andel af trækningerne holder sig inden for. Grænsen er den prissatte omkostning, "
        "som ingen plan med den sikkerhed kommer under ({certain} sikkert, fra {draws} trækninger): den lader planen kende hver "
        "trækning på forhånd og ligger derfor lavt.",
        "The net is money alone. The priced cost is what the planner chooses by: the net less the carbon value plus the price of "
        "shortfalls, also of the one that the share of draws wished for keeps within. The bound is the priced cost that no plan "
        "with that confidence is below ({certain} certain, from {draws} draws): it lets the plan know each draw beforehand and so "
        "lies low.",
    ),
    "confidence.interrupted": Bilingual(
        "Afbrudt: punkterne er de bedste af de planer, der var fundet, og der er ingen grænse.",
        "Interrupted: the points are the best of the plans found until then, and there is no bound.",
    ),
    "confidence.wish": Bilingual("Målet: {names}.", "The target: {names}."),
    "confidence.wish.joint": Bilingual(
        "Målene, nået i de samme trækninger: {names}.", "The targets, met in the same draws: {names}."
    ),
    "confidence.curve": Bilingual("Pris og sikkerhed", "Cost and confidence"),
    "confidence.expected": Bilingual(
        "Planen for middelværdier når det i {probability} af trækningerne.",
        "The plan for expected values meets it in {probability} of the draws.",
    ),
    "confidence.asked": Bilingual(
        "Ønskes {confidence}, når den bedste plan, der er fundet, det i {probability} ({low}–{high}). Den koster {cost} netto end "
        "planen for middelværdier, har {added}, som den ikke har, og mangler {dropped} af dens.",
        "With {confidence} wished for, the best plan found meets it in {probability} ({low}–{high}). It costs {cost} net than the "
        "plan for expected values, has {added} that that one has not, and lacks {dropped} of its starts.",
    ),
    "confidence.asked.same": Bilingual(
        "Ønskes {confidence}, er planen for middelværdier den bedste, der er fundet; den når det i {probability} ({low}–{high}).",
        "With {confidence} wished for, the plan for expected values is the best found; it meets it in {probability} ({low}–{high}).",
    ),
    "confidence.wish_asked": Bilingual("{confidence} for {names}", "{confidence} for {names}"),
    "confidence.wish_asked.joint": Bilingual(
        "{confidence} for {names} på én gang", "{confidence} for {names} together"
    ),
    "confidence.start": Bilingual("{count} start", "{count} start"),
    "confidence.starts": Bilingual("{count} starter", "{count} starts"),
    "confidence.more": Bilingual("{amount} mere", "{amount} more"),
    "confidence.less": Bilingual("{amount} mindre", "{amount} less"),
    "confidence.beaten": Bilingual(
        "Den er bedre end kørslens plan: dens prissatte omkostning er {saved} lavere. Kørslens plan når det i {probability} og "
        "koster {cost} netto end planen for middelværdier.",
        "It is a better plan than that of the run: its priced cost is {saved} lower. The plan of the run meets it in {probability} "
        "and costs {cost} net than the plan for expected values.",
    ),
    "confidence.own": Bilingual("det, scenariet ønsker", "what the scenario asks for"),
    "confidence.short.close": Bilingual(
        "Ved {confidences} er den bedste plan, der er fundet, så tæt på det ønskede, at trækningerne ikke kan afgøre det (95 %).",
        "At {confidences} the best plan found is so close to what is wished for that the draws cannot tell (95%).",
    ),
    "confidence.short.unconfirmed": Bilingual(
        "Ved {confidences} nåede den bedste plan, der er fundet, det ønskede, da den blev valgt, men gør det ikke i nye trækninger.",
        "At {confidences} the best plan found reached what is wished for when it was chosen, but does not in fresh draws.",
    ),
    "confidence.short.priced": Bilingual(
        "Ved {confidences} når den bedste plan, der er fundet, mindre end ønsket: i de trækninger, som planer vælges på, er der "
        "fundet planer, som når det, men de koster mere, end de sparer i manko til dens pris.",
        "At {confidences} the best plan found reaches less than is wished for: on the draws that plans are chosen on, plans that "
        "reach it were found, but cost more than they spare in shortfall at its price.",
    ),
    "confidence.short.unpriced": Bilingual(
        "Ved {confidences} når den bedste plan, der er fundet, mindre end ønsket: i de trækninger, som planer vælges på, er der "
        "fundet planer, som når det, men de koster mere, og mankoen har ingen pris.",
        "At {confidences} the best plan found reaches less than is wished for: on the draws that plans are chosen on, plans that "
        "reach it were found, but cost more, and the shortfall has no price.",
    ),
    "confidence.short.unfound": Bilingual(
        "Ved {confidences} er der ikke fundet nogen plan, der når så langt i de trækninger, som planer vælges på; den sikreste når "
        "{furthest} dér.",
        "At {confidences} no plan was found that reaches so far on the draws that plans are chosen on; the surest reaches {furthest} "
        "there.",
    ),
    "confidence.unreached": Bilingual(
        "Ved {confidences} er der ikke fundet nogen plan, der overholder de hårde mål.",
        "At {confidences} no plan was found that keeps the hard targets.",
    ),
    "confidence.wish_missed": Bilingual(
        "{names} i {confidence} af trækningerne", "{names} in {confidence} of the draws"
    ),
    "confidence.wish_missed.joint": Bilingual(
        "{names} på én gang i {confidence} af trækningerne", "{names} together in {confidence} of the draws"
    ),
    "confidence.missed.close": Bilingual(
        "den bedste plan, der er fundet, er for tæt på {wishes} til, at de kan afgøre det",
        "the best plan found is too close to {wishes} for them to tell",
    ),
    "confidence.missed.unconfirmed": Bilingual(
        "den bedste plan, der er fundet, nåede {wishes}, da den blev valgt, men gør det ikke i nye trækninger",
        "the best plan found met {wishes} when it was chosen, but does not in fresh ones",
    ),
    "confidence.missed.priced": Bilingual(
        "i de trækninger, som planer vælges på, er der fundet planer, som når {wishes}, men de koster mere, end de sparer i manko "
        "til dens pris",
        "on the draws that plans are chosen on, plans that meet {wishes} were found, but cost more than they spare in shortfall at "
        "its price",
    ),
    "confidence.missed.unpriced": Bilingual(
        "i de trækninger, som planer vælges på, er der fundet planer, som når {wishes}, men de koster mere, og mankoen har "
        "ingen pris",
        "on the draws that plans are chosen on, plans that meet {wishes} were found, but cost more, and the shortfall has no "
        "price",
    ),
    "confidence.missed.unfound": Bilingual(
        "i de trækninger, som planer vælges på, når ingen plan, der er fundet, {wishes}",
        "on the draws that plans are chosen on, no plan that was found meets {wishes}",
    ),
    "confidence.missed.unreached": Bilingual(
        "ingen plan, der er fundet, overholder de hårde mål med {wishes}",
        "no plan that was found keeps the hard targets with {wishes}",
    ),
    "confidence.missed": Bilingual(
        "kode {code}: {reasons}; det er et resultat, ingen fejl",
        "exit code {code}: {reasons}; this is a finding, no fault",
    ),
    "confidence.column.wished": Bilingual("ønsket", "wished for"),
    "confidence.column.reached": Bilingual("nået", "reached"),
    "confidence.column.interval": Bilingual("95 %", "95%"),
    "confidence.column.net": Bilingual("netto", "net"),
    "confidence.column.value": Bilingual("prissat", "priced"),
    "confidence.column.bound": Bilingual("grænse", "bound"),
    "confidence.column.starts": Bilingual("starter", "starts"),
    "confidence.column.changed": Bilingual("nye/udgåede", "new/gone"),
    "confidence.row.asked": Bilingual("scenariet ({confidence})", "the scenario ({confidence})"),
    "confidence.row.expected": Bilingual("middelværdier", "expected values"),
    "confidence.figure.above": Bilingual(
        "Ønsket {wished}, nået {reached}: {amount} netto over planen for middelværdier",
        "{wished} asked for, {reached} reached: {amount} net above the plan for expected values",
    ),
    "confidence.figure.below": Bilingual(
        "Ønsket {wished}, nået {reached}: {amount} netto under planen for middelværdier",
        "{wished} asked for, {reached} reached: {amount} net below the plan for expected values",
    ),
    "confidence.figure.expected_best": Bilingual(
        "Ønsket {wished}, nået {reached}: planen for middelværdier er den bedste, der er fundet",
        "{wished} asked for, {reached} reached: the plan for expected values is the best found",
    ),
    "confidence.figure.unreached": Bilingual(
        "Ønsket {wished}: ingen plan, der er fundet, overholder de hårde mål",
        "{wished} asked for: no plan that was found keeps the hard targets",
    ),
    "confidence.figure.subtitle": Bilingual("{names} · {scenario}", "{names} · {scenario}"),
    "confidence.figure.note": Bilingual(
        "Nået på {fresh} trækninger, som ingen beslutning har set. Prissat omkostning: netto minus CO₂-værdien plus prisen for "
        "manko. Netto er penge alene.",
        "Reached on {fresh} draws that no decision has seen. Priced cost: net less the carbon value plus the price of shortfalls. "
        "Net is money alone.",
    ),
    "confidence.figure.note.bound": Bilingual(
        "Ingen plan med den ønskede sikkerhed har en lavere prissat omkostning end grænsen ({certain} sikkert).",
        "No plan with the confidence wished for has a priced cost below the bound ({certain} certain).",
    ),
    "confidence.figure.note.hollow": Bilingual(
        "Hul: planen har ikke den ønskede sikkerhed; det, der mangler, er i den prissatte omkostning til mankoens pris.",
        "Hollow: the plan lacks the confidence wished for; what is short is in the priced cost at the price of shortfalls.",
    ),
    "confidence.figure.note.several": Bilingual(
        "Alle ønsker er sat til den samme sikkerhed; ruden er det, scenariet selv ønsker af hvert.",
        "All wishes are put at the same confidence; the diamond is what the scenario itself asks for of each.",
    ),
    "confidence.figure.money": Bilingual(
        "Prissat omkostning og netto, nutidsværdi, mio. kr.", "Priced cost and net, present value, DKK million"
    ),
    "confidence.figure.wished": Bilingual("Ønsket sikkerhed, %", "Confidence wished for, %"),
    "confidence.figure.reached": Bilingual("Nået, % af trækningerne", "Reached, % of the draws"),
    "confidence.figure.value": Bilingual("prissat omkostning", "priced cost"),
    "confidence.figure.net": Bilingual("netto", "net"),
    "confidence.figure.bound": Bilingual("grænse for den prissatte omkostning", "bound of the priced cost"),
    "confidence.figure.same": Bilingual("som ønsket", "as wished for"),
    "confidence.figure.expected": Bilingual("netto, plan for middelværdier", "net, plan for expected values"),
}
