"""Texts of one plan in many worlds."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

REGRET = {
    "regret.title": Bilingual("Én plan, mange verdener: {title}", "One plan, many worlds: {title}"),
    "regret.lead": Bilingual(
        "En verden er én trækning af alt usikkert: effekter, baggrund, levering og priser. I hver af {count} verdener er der "
        "lagt en ny plan, som om verden var kendt på forhånd, inden for de samme rammer. Det, de planer har til fælles, er der "
        "ingen grund til at vente med.",
        "A world is one draw of everything uncertain: effects, background, delivery and prices. In each of {count} worlds a new "
        "plan was made as if the world were known beforehand, within the same limits. What those plans have in common there is "
        "no reason to wait with.",
    ),
    "regret.lead.one": Bilingual(
        "En verden er én trækning af alt usikkert: effekter, baggrund, levering og priser. I 1 verden er der lagt en ny plan, som "
        "om den var kendt på forhånd, inden for de samme rammer. Én verden siger ikke, hvad der er uden fortrydelse.",
        "A world is one draw of everything uncertain: effects, background, delivery and prices. In 1 world a new plan was made as "
        "if it were known beforehand, within the same limits. One world does not say what is without regret.",
    ),
    "regret.gap": Bilingual(
        "Hver verdens plan er bevist højst {max} fra den bedste mulige, i gennemsnit {mean} (af alle omkostninger og "
        "besparelser lagt sammen uden fortegn).",
        "Each world's plan is proven to be at most {max} from the best possible, {mean} on average (of all costs and savings "
        "added up without sign).",
    ),
    "regret.first.gap.all": Bilingual(
        "Her kommer målene først: det, der mangler af dem, er bevist inden for {max} af deres udgangspunkt, og penge afgør kun "
        "mellem planer, der mangler lige lidt.",
        "Here the targets come first: what is missed of them is proven within {max} of their base, and money decides only "
        "between plans that miss equally little.",
    ),
    "regret.first.gap.hard": Bilingual(
        "Det hårde mål {names} kommer først: det, der mangler af det, er bevist inden for {max} af dets udgangspunkt, og penge "
        "afgør kun mellem planer, der mangler lige lidt af det.",
        "The hard target {names} comes first: what is missed of it is proven within {max} of its base, and money decides only "
        "between plans that miss equally little of it.",
    ),
    "regret.first.gap.hards": Bilingual(
        "De hårde mål {names} kommer først: det, der mangler af dem, er bevist inden for {max} af deres udgangspunkt, og penge "
        "afgør kun mellem planer, der mangler lige lidt af dem.",
        "The hard targets {names} come first: what is missed of them is proven within {max} of their base, and money decides "
        "only between plans that miss equally little of them.",
    ),
    "regret.run.known": Bilingual(
        "planen er den, der står i {path}: samme model, valg og version",
        "the plan is the one that stands in {path}: same model, options and version",
    ),
    "regret.interrupted": Bilingual(
        "Afbrudt: {done} af {asked} verdener er planlagt. Samme kommando igen fortsætter, hvor den slap.",
        "Interrupted: {done} of {asked} worlds are planned. The same command again goes on where it stopped.",
    ),
    "regret.shares": Bilingual("Hvor ofte hver indsats starter", "How often each initiative starts"),
    "regret.counts": Bilingual(
        "Af {all} mulige starter (en indsats i en enhed) er {pays} uden fortrydelse og tjener sig selv ind, {needed} er uden "
        "fortrydelse for målenes skyld, {depends} kommer an på verden, og {never} starter aldrig. Uden fortrydelse er det, der "
        "starter i mindst {often} af de verdener, hvor det kommer i gang, hvis det aftales; aldrig er højst {seldom}.",
        "Of {all} possible starts (an initiative in a unit) {pays} are without regret and pay for themselves, {needed} are "
        "without regret for the targets' sake, {depends} depend on the world, and {never} never start. Without regret is what starts in at "
        "least {often} of the worlds in which it comes about if it is agreed; never is at most {seldom}.",
    ),
    "regret.few": Bilingual(
        "Så få verdener ({worlds}) kan ikke afgøre det: en start i hver af dem kan være en i kun {low} af alle verdener, en i "
        "ingen af dem en i op til {high} (95 %). Der skal mindst {sure} til at sige mindst {often}, og {never} til at sige højst "
        "{seldom}.",
        "So few worlds ({worlds}) cannot tell: a start in each of them may be one in only {low} of all worlds, one in none "
        "of them one in up to {high} (95%). It takes at least {sure} to say at least {often}, and {never} to say at most {seldom}.",
    ),
    "regret.few.never": Bilingual(
        "Så få verdener ({worlds}) kan ikke sige aldrig: en start i ingen af dem kan være en i op til {high} af alle verdener (95 %). "
        "Der skal mindst {never} til at sige højst {seldom}.",
        "So few worlds ({worlds}) cannot say never: a start in none of them may be one in up to {high} of all worlds (95%). It takes "
        "at least {never} to say at most {seldom}.",
    ),
    "regret.plan.agrees": Bilingual(
        "Planen starter {started} af de {sure} uden fortrydelse, og {dependent} af dem, der kommer an på verden.",
        "The plan starts {started} of the {sure} without regret, and {dependent} of those that depend.",
    ),
    "regret.plan.doubtful": Bilingual(
        "Sjældnest rigtige i planen (de starter i under halvdelen af verdenerne): {names}.",
        "Least often right in the plan (they start in less than half of the worlds): {names}.",
    ),
    "regret.key.sure": Bilingual("{heading}: {names}{rest}.", "{heading}: {names}{rest}."),
    "regret.key.more": Bilingual(" og {count} flere", " and {count} more"),
    "regret.pays": Bilingual("Uden fortrydelse: tjener sig selv ind", "Without regret: pays for itself"),
    "regret.pays.note": Bilingual(
        "Starter i mindst {often} af verdenerne, også når målene ikke tæller.",
        "Starts in at least {often} of the worlds, also when no target counts.",
    ),
    "regret.needed": Bilingual("Uden fortrydelse: kræves af målene", "Without regret: needed for the targets"),
    "regret.needed.note": Bilingual(
        "Starter i mindst {often} af verdenerne, men kun fordi målene tæller: det koster mere, end det sparer.",
        "Starts in at least {often} of the worlds, but only because the targets count: it costs more than it saves.",
    ),
    "regret.none": Bilingual("Ingen.", "None."),
    "regret.column.initiative": Bilingual("Indsats", "Initiative"),
    "regret.column.units": Bilingual("Enheder", "Units"),
    "regret.column.planned": Bilingual("I planen", "In the plan"),
    "regret.column.share": Bilingual("Starter i mindst", "Starts in at least"),
    "regret.column.year": Bilingual("Oftest fra", "Mostly from"),
    "regret.depends": Bilingual("Kommer an på verden", "Depends on the world"),
    "regret.depends.note": Bilingual(
        "Det input, hvis rang følger bedst med, om indsatsen starter; intet er nævnt, hvor ingen følger bedre, end tilfældet "
        "giver blandt så mange. Bagved står, i hvor stor en del af verdenerne det input alene siger det rigtige.",
        "The input whose rank goes best with whether the initiative starts; none is named where none goes better than chance "
        "gives among so many. Behind it stands in what share of the worlds that input alone tells right.",
    ),
    "regret.depends.one": Bilingual(
        "{initiative} i {unit}: i {share} af verdenerne, oftest fra {year}{decided}",
        "{initiative} in {unit}: in {share} of the worlds, mostly from {year}{decided}",
    ),
    "regret.decided.high": Bilingual(
        "; når “{input}” er høj (rigtigt i {right})", "; when “{input}” is high (right in {right})"
    ),
    "regret.decided.low": Bilingual(
        "; når “{input}” er lav (rigtigt i {right})", "; when “{input}” is low (right in {right})"
    ),
    "regret.decided.late": Bilingual(
        "; når dens egen start kommer sent eller delvis (rigtigt i {right})",
        "; when its own start comes late or in part (right in {right})",
    ),
    "regret.decided.on_time": Bilingual(
        "; når dens egen start kommer til tiden (rigtigt i {right})",
        "; when its own start comes on time (right in {right})",
    ),
    "regret.decided.some": Bilingual(", i {count} af de {all}", ", in {count} of the {all}"),
    "regret.range": Bilingual("{low} til {high}", "{low} to {high}"),
    "regret.depends.inputs": Bilingual(
        "Det, der afgør flest: {inputs}. For {none} er der intet enkelt input, der afgør det.",
        "What decides most: {inputs}. For {none} there is no single input that decides.",
    ),
    "regret.input.group": Bilingual("Det fælles i {name}", "What is common to {name}"),
    "regret.input.capex": Bilingual("Anlæg: {name}", "Capex: {name}"),
    "regret.input.opex": Bilingual("Drift: {name}", "Opex: {name}"),
    "regret.input.saving": Bilingual("Egne besparelser: {name}", "Own savings: {name}"),
    "regret.input.metered": Bilingual("Værdien af det undgåede", "Worth of what is avoided"),
    "regret.depends.input": Bilingual("“{input}” ({count})", "“{input}” ({count})"),
    "regret.never": Bilingual("Aldrig", "Never"),
    "regret.never.note": Bilingual(
        "I ingen enhed starter de i mere end {seldom} af verdenerne: {names}.",
        "In no unit do they start in more than {seldom} of the worlds: {names}.",
    ),
    "regret.never.some": Bilingual(
        "Dertil {count} starter af indsatser, der starter i andre enheder; de står i regret.csv.",
        "Beside these {count} starts of initiatives that start in other units; they stand in regret.csv.",
    ),
    "regret.policies": Bilingual("Tre måder at planlægge på", "Three ways to plan"),
    "regret.policies.note": Bilingual(
        "Alle tre vælger inden for de samme rammer i de samme verdener. Den faste plan følges, som den er. Den tilpassede "
        "holder det, den faste starter i den næste aftaleperiode, og lægger resten om, når den ser, hvordan det gik. Den "
        "alvidende kender verden fra begyndelsen og fortryder intet.",
        "All three choose within the same limits in the same worlds. The fixed plan is followed as it is. The adaptive one keeps "
        "what the fixed one starts in the next round, and plans the rest again when it has seen how that went. The clairvoyant "
        "one knows the world from the beginning and regrets nothing.",
    ),
    "regret.policies.nothing_open": Bilingual(
        "Ingen aftaleperiode er åben, så den tilpassede plan er den faste.",
        "No round is open, so that the adaptive plan is the fixed one.",
    ),
    "regret.fixed": Bilingual("Fast plan", "Fixed plan"),
    "regret.adaptive": Bilingual("Tilpasset efter første periode", "Adaptive after the first round"),
    "regret.clairvoyant": Bilingual("Alvidende", "Clairvoyant"),
    "regret.column.policy": Bilingual("Måde at planlægge på", "Way to plan"),
    "regret.column.expected_t": Bilingual("Mere manko, middel, {unit}", "More shortfall, mean, {unit}"),
    "regret.column.max_t": Bilingual("Størst", "Largest"),
    "regret.column.expected_dkk": Bilingual("Dyrere, middel, mio. kr.", "Dearer, mean, DKK million"),
    "regret.column.max_dkk": Bilingual("Størst", "Largest"),
    "regret.policies.tonnes": Bilingual(
        "Manko er den af “{target}” i {year}. Er den negativ, har den alvidende mere: den bruger sin viden på at spare penge.",
        "Shortfall is that of “{target}” in {year}. Negative, the clairvoyant one has more of it: it uses what it knows to save "
        "money.",
    ),
    "regret.policies.priced": Bilingual(
        "Kroner er planens hele regnestykke, nettonutidsværdi og prisen på manko; ± er stikprøvens usikkerhed (95 %). Mod "
        "verdenernes beviste grænser er den faste plan højst {fixed} dyrere i middel, den tilpassede {adaptive}.",
        "DKK is all that a plan weighs, net present value and the price of shortfall; ± is the sample's uncertainty (95%). "
        "Against the worlds' proven bounds the fixed plan is at most {fixed} dearer on average, the adaptive one {adaptive}.",
    ),
    "regret.first.money.all": Bilingual(
        "Ton kommer før kroner: kroner sammenlignes kun i de verdener, hvor måden mangler lige så lidt som den alvidende, {fixed} "
        "for den faste plan og {adaptive} for den tilpassede, af {worlds}.",
        "Tonnes come first: DKK are compared only in the worlds in which a way misses as little as the clairvoyant one, {fixed} "
        "for the fixed plan and {adaptive} for the adaptive one, of {worlds}.",
    ),
    "regret.first.money.hard": Bilingual(
        "Det hårde mål {names} kommer før penge: kroner sammenlignes kun i de verdener, hvor måden mangler lige så lidt af det "
        "som den alvidende, {fixed} for den faste plan og {adaptive} for den tilpassede, af {worlds}.",
        "The hard target {names} comes before money: DKK are compared only in the worlds in which a way misses as little of it "
        "as the clairvoyant one, {fixed} for the fixed plan and {adaptive} for the adaptive one, of {worlds}.",
    ),
    "regret.first.money.hards": Bilingual(
        "De hårde mål {names} kommer før penge: kroner sammenlignes kun i de verdener, hvor måden mangler lige så lidt af dem "
        "som den alvidende, {fixed} for den faste plan og {adaptive} for den tilpassede, af {worlds}.",
        "The hard targets {names} come before money: DKK are compared only in the worlds in which a way misses as little of them "
        "as the clairvoyant one, {fixed} for the fixed plan and {adaptive} for the adaptive one, of {worlds}.",
    ),
    "regret.policies.shown_priced": Bilingual(
        "Den viste manko er af et andet mål, hvis pris er en del af kronerne.",
        "The shortfall shown is that of another target, whose price is part of the DKK.",
    ),
    "regret.plus_minus": Bilingual("{value} ± {error}", "{value} ± {error}"),
    "regret.value": Bilingual("Hvad det er værd at vide", "What it is worth to know"),
    "regret.value.none.hard": Bilingual(
        "EVPI og VSS er ikke beregnet: et hårdt mål kommer før pengene, og hvad der mangler af det i en verden, har ingen pris. Gør "
        "målet blødt med en pris på mankoen for at få dem.",
        "EVPI and VSS are not computed: a hard target comes before money, and what is short of it in a world has no price. Make the "
        "target soft, with a price on its shortfall, to have them.",
    ),
    "regret.value.none.nearest": Bilingual(
        "EVPI og VSS er ikke beregnet: den nærmeste plan sætter målene før pengene, og en manko har ingen pris.",
        "EVPI and VSS are not computed: the nearest plan puts targets before money, and a shortfall has no price.",
    ),
    "regret.value.evpi": Bilingual(
        "At kende verden på forhånd er i gennemsnit mellem {low} og {high} værd (EVPI, ± {error} af stikprøven). Så meget, "
        "og ikke mere, kan undersøgelser være værd, før der skrives under.",
        "To know the world beforehand is worth between {low} and {high} on average (EVPI, ± {error} of the sample). That much, "
        "and no more, can studies be worth before signing.",
    ),
    "regret.value.vss": Bilingual(
        "At planlægge med hele spredningen i stedet for de mest sandsynlige tal er mellem {low} og {high} værd (VSS).",
        "To plan with the whole spread instead of the most likely figures is worth between {low} and {high} (VSS).",
    ),
    "regret.value.vss.none": Bilingual(
        "VSS er ikke beregnet: planen er selv valgt med spredningen, ikke for de mest sandsynlige tal. Den bedste plan i gennemsnit "
        "over netop disse verdener er mellem {low} og {high} billigere i dem; den behøver ikke holde det, planen er valgt til at holde.",
        "VSS is not computed: the plan itself was chosen with the spread, not for the most likely figures. The best plan on average over "
        "just these worlds is between {low} and {high} cheaper in them; it need not keep what the plan was chosen to keep.",
    ),
    "regret.value.changes": Bilingual(
        "Den bedste plan for alle verdener på én gang, som en søgning med enkelte ændringer har fundet, starter {starts} "
        "mere, {stops} mindre og {moved} i et andet år end planen{names}.",
        "The best plan for all worlds at once that a search by single changes has found starts {starts} more, {stops} less and "
        "{moved} in another year than the plan{names}.",
    ),
    "regret.value.more": Bilingual("; mere er {names}", "; more are {names}"),
    "regret.value.less": Bilingual("; mindre er {names}", "; less are {names}"),
    "regret.value.same": Bilingual(
        "Ingen enkelt ændring af planen betaler sig i gennemsnit over verdenerne.",
        "No single change of the plan pays on average over the worlds.",
    ),
    "regret.value.not_searched": Bilingual(
        "Efter en plan, der er bedre i gennemsnit, blev der ikke søgt; den faste plan står for den.",
        "A plan that is better on average was not searched for; the fixed plan stands for it.",
    ),
    "regret.value.gap": Bilingual(
        "Grænserne er ikke skåret af ved nul: en nedre grænse under nul siger, at søgningerne ikke kan afgøre det.",
        "The brackets are not cut off at zero: a lower end below zero says that the searches cannot tell.",
    ),
    "regret.value.expected": Bilingual(
        "Planen selv lover {planned} ved de mest sandsynlige tal og koster i gennemsnit over verdenerne {mean}; de alvidende "
        "planer koster {best}. Forskellen mellem løfte og gennemsnit er ikke fortrydelse: det meste rammer enhver plan.",
        "The plan itself promises {planned} at the most likely figures and comes to {mean} on average over the worlds; the "
        "clairvoyant plans come to {best}. The difference between promise and average is no regret: most of it befalls any plan.",
    ),
    "regret.figure": Bilingual(
        "{sure} starter er uden fortrydelse, {depends} kommer an på verden",
        "{sure} starts are without regret, {depends} depend on the world",
    ),
    "regret.figure.few": Bilingual(
        "{count} verdener er for få til at sige, hvad der er uden fortrydelse: {sure} starter er det i dem",
        "{count} worlds are too few to say what is without regret: {sure} starts are so in them",
    ),
    "regret.figure.few.one": Bilingual(
        "1 verden siger ikke, hvad der er uden fortrydelse", "1 world does not say what is without regret"
    ),
    "regret.figure.subtitle": Bilingual(
        "Andel af {worlds} verdener, hvis egen plan starter indsatsen · {scenario}",
        "Share of {worlds} worlds whose own plan starts the initiative · {scenario}",
    ),
    "regret.figure.rank": Bilingual("mulige starter, de hyppigste først", "possible starts, the most frequent first"),
    "regret.figure.share": Bilingual("andel af verdenerne, %", "share of the worlds, %"),
    "regret.figure.kind.pays": Bilingual("tjener sig selv ind", "pays for itself"),
    "regret.figure.kind.needed": Bilingual("kræves af målene", "needed for the targets"),
    "regret.figure.kind.depends": Bilingual("kommer an på verden", "depends on the world"),
    "regret.figure.kind.never": Bilingual("aldrig", "never"),
    "regret.figure.open": Bilingual(
        "De mest uafgjorte, med 95 %-interval; fyldt prik: i planen",
        "The most undecided, with 95% interval; filled dot: in the plan",
    ),
    "regret.figure.note": Bilingual(
        "Andele er af de verdener, hvor starten kommer, hvis den aftales. Hver verdens plan er bevist højst {max} fra den bedste.",
        "Shares are of the worlds in which a start comes about if it is agreed. Each world's plan is proven to be at most {max} "
        "from the best.",
    ),
}
