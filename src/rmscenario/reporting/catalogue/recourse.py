"""Texts of signing now or waiting."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

RECOURSE = {
    "wait.title": Bilingual("Underskriv nu, eller vent: {title}", "Sign now, or wait: {title}"),
    "wait.lead": Bilingual(
        "Det, der underskrives nu, gælder til og med {end} og er det samme, hvordan verden end bliver. Senere runder retter sig "
        "efter det, opfølgningen til den tid har vist. {worlds} verdener er delt i {clusters} grupper, der ser ens ud, når "
        "runden er omme.",
        "What is signed now holds to the end of {end} and is the same whatever becomes of the world. Later rounds adapt to what "
        "follow-up will have shown by then. {worlds} worlds are divided into {clusters} groups that look alike when the round is over.",
    ),
    "wait.gap": Bilingual(
        "Den bedste fremgangsmåde, der er fundet, er bevist højst {amount} fra den bedste mulige, {gap} af alle omkostninger og "
        "besparelser lagt sammen uden fortegn.",
        "The best policy found is proven to be at most {amount} from the best possible, {gap} of all costs and savings added up "
        "without sign.",
    ),
    "wait.options": Bilingual("Underskriv nu, eller vent", "Sign now, or wait"),
    "wait.counts": Bilingual(
        "Af {all} mulige starter i runden skal {sign} underskrives nu, {wait} kan vente, {depends} kommer an på, hvad der viser "
        "sig, og {never} skal aldrig startes.",
        "Of {all} possible starts in the round {sign} are to be signed now, {wait} can wait, {depends} depend on what is seen, "
        "and {never} are never to be started.",
    ),
    "wait.threshold": Bilingual(
        "Underskriv nu er det, som det koster mere end {threshold} at udskyde, og mere, end stikprøven lader stå åbent. Prisen er "
        "forskellen mellem den bedste fremgangsmåde, der er fundet, og den bedste, der venter med netop den start, med alt "
        "andet rettet ind; den er en øvre grænse, så langt søgningen rækker.",
        "To sign now is what costs more than {threshold} to put off, and more than the sample leaves open. The price is the "
        "difference between the best policy found and the best that waits with just that start, all else adapted; it is an upper "
        "limit, as far as the search reaches.",
    ),
    "wait.signed": Bilingual(
        "Planen og fremgangsmåden underskriver {both} af de samme starter nu; fremgangsmåden tager {more} med derudover og lader "
        "{less} vente, som planen starter.",
        "The plan and the policy sign {both} of the same starts now; the policy adds {more}, and lets {less} wait that the plan "
        "starts.",
    ),
    "wait.sign": Bilingual("Underskriv nu", "Sign now"),
    "wait.sign.ruled": Bilingual("Regler lader ikke disse vente: {names}.", "Rules do not let these wait: {names}."),
    "wait.key.sign": Bilingual("Dyrest at udskyde: {names}.", "Dearest to put off: {names}."),
    "wait.key.wait": Bilingual("Kan vente en runde: {names}.", "Can wait one round: {names}."),
    "wait.can": Bilingual("Kan vente en runde", "Can wait one round"),
    "wait.can.note": Bilingual(
        "De starter i en senere runde i alle verdener, eller kan lige så godt. Hvad det koster at underskrive alligevel, står ved "
        "siden af: mest er det pladsen i runden, som andet har bedre brug for.",
        "They start in a later round in all worlds, or may as well. What it costs to sign all the same stands beside: mostly it is "
        "room in the round that others have more use for.",
    ),
    "wait.depends": Bilingual("Kommer an på, hvad der viser sig", "Depends on what is seen"),
    "wait.depends.note": Bilingual(
        "Ved at underskrive dem nu vindes intet, og senere starter de i nogle af verdenerne. Nævnt er det, der kan ses, når runden er omme, og som "
        "følger bedst med, om de starter; intet er nævnt, hvor ingen enkelt iagttagelse gør det bedre, end tilfældet giver.",
        "Nothing is gained by signing them now, and later they start in some of the worlds. Named is what can be seen when the round is over and goes "
        "best with whether they start; none is named where no single observation does better than chance gives.",
    ),
    "wait.depends.one": Bilingual(
        "{initiative} i {unit}: senere i {share} af verdenerne{decided}",
        "{initiative} in {unit}: later in {share} of the worlds{decided}",
    ),
    "wait.decided.late": Bilingual(
        "; når starten af {start} kommer sent, delvis eller aldrig (rigtigt i {right})",
        "; when the start of {start} comes late, in part or never (right in {right})",
    ),
    "wait.decided.on_time": Bilingual(
        "; når starten af {start} kommer til tiden (rigtigt i {right})",
        "; when the start of {start} comes on time (right in {right})",
    ),
    "wait.never": Bilingual("Aldrig", "Never"),
    "wait.never.note": Bilingual(
        "I ingen enhed startes de, nu eller senere: {names}.", "In no unit are they started, now or later: {names}."
    ),
    "wait.never.some": Bilingual(
        "Dertil {count} starter af indsatser, der startes i andre enheder; de står i wait.csv.",
        "Beside these {count} starts of initiatives that are started in other units; they stand in wait.csv.",
    ),
    "wait.none": Bilingual("Ingen.", "None."),
    "wait.column.initiative": Bilingual("Indsats", "Initiative"),
    "wait.column.units": Bilingual("Enheder", "Units"),
    "wait.column.from": Bilingual("Fra", "From"),
    "wait.column.waiting": Bilingual("At vente koster hver, mio. kr.", "Waiting costs each, DKK million"),
    "wait.column.signing": Bilingual("At underskrive koster hver, mio. kr.", "Signing costs each, DKK million"),
    "wait.column.tonnes": Bilingual("At vente giver i {year}, t CO₂e", "Waiting gives in {year}, t CO₂e"),
    "wait.column.summed": Bilingual("og i alt til {year}", "and in all to {year}"),
    "wait.flexibility": Bilingual("Hvad det er værd at kunne rette sig ind", "What it is worth to adapt"),
    "wait.flexibility.bracket": Bilingual(
        "Mod den bedste ene plan for alle verdener er det mellem {low} og {high} værd, at senere runder retter sig efter, hvad der "
        "viser sig, i de {worlds} verdener, begge er lavet med (± {error} af stikprøven). Grænserne er beviste og ikke skåret af "
        "ved nul.",
        "Against the best single plan for all worlds it is worth between {low} and {high} that later rounds adapt to what is seen, "
        "in the {worlds} worlds that both were made with (± {error} of the sample). The ends are proven, and not cut off at zero.",
    ),
    "wait.flexibility.fresh": Bilingual(
        "I verdener, som ingen af dem er lavet med, er det {value} ± {error}. Det er tallet at regne med: i de verdener, som en "
        "fremgangsmåde er lavet med, passer den også til det, der ikke kan ses.",
        "In worlds that neither was made with it is {value} ± {error}. That is the figure to count on: in the worlds that a policy "
        "was made with it fits what cannot be seen as well.",
    ),
    "wait.branch": Bilingual(
        "{share} af verdenerne, {starts} senere starter{decided}",
        "{share} of the worlds, {starts} later starts{decided}",
    ),
    "wait.myopic": Bilingual("Kun at planlægge den næste runde", "To plan for the next round alone"),
    "wait.myopic.planned": Bilingual(
        "Planlægges hver runde, som om ingen fulgte efter, koster det mellem {low} og {high} mere ved de mest sandsynlige tal, og "
        "der udledes {tonnes} i {year} og {summed} i alt til {year}.",
        "If every round is planned as if none came after it, that costs between {low} and {high} more at the most likely figures, "
        "and emits {tonnes} in {year} and {summed} in all to {year}.",
    ),
    "wait.emits.more": Bilingual("{tonnes} t CO₂e mere", "{tonnes} t CO₂e more"),
    "wait.emits.less": Bilingual("{tonnes} t CO₂e mindre", "{tonnes} t CO₂e less"),
    "wait.myopic.worlds": Bilingual(
        "I gennemsnit over verdenerne koster det {value} ± {error} mere end planen.",
        "On average over the worlds it costs {value} ± {error} more than the plan.",
    ),
    "wait.myopic.none": Bilingual(
        "Planlagt for en runde ad gangen holder ingen plan reglerne.",
        "Planned for one round at a time no plan keeps the rules.",
    ),
    "wait.played": Bilingual("Runderne spillet igennem", "The rounds played forward"),
    "wait.played.note": Bilingual(
        "I {worlds} andre verdener underskrives runden, der ses, hvad der kommer af den, resten planlægges igen efter det, der da "
        "er grund til at tro, og den næste underskrives, til den sidste. Ved siden af står den faste plan i de samme verdener.",
        "In {worlds} other worlds the round is signed, what comes of it is seen, the rest is planned again by what there is then "
        "reason to believe, and the next is signed, to the last. Beside it stands the fixed plan in the same worlds.",
    ),
    "wait.played.saved": Bilingual(
        "At spille runderne sparer {value} ± {error}, og er bedre i {better} af verdenerne. Efter første runde bliver {changed} "
        "starter i gennemsnit til andet end planlagt.",
        "To play the rounds saves {value} ± {error}, and is better in {better} of the worlds. After the first round {changed} starts "
        "become other than planned on average.",
    ),
    "wait.played.short.more": Bilingual(
        "“{target}” mangler {amount} mere i {year} end med den faste plan.",
        "“{target}” lacks {amount} more in {year} than with the fixed plan.",
    ),
    "wait.played.short.less": Bilingual(
        "“{target}” mangler {amount} mindre i {year} end med den faste plan.",
        "“{target}” lacks {amount} less in {year} than with the fixed plan.",
    ),
    "wait.column.what": Bilingual("Gennemsnit", "Mean"),
    "wait.column.interval": Bilingual("med 95 %-interval", "with 95% interval"),
    "wait.row.fixed": Bilingual("Fast plan, mio. kr.", "Fixed plan, DKK million"),
    "wait.row.played": Bilingual("Runderne spillet, mio. kr.", "Rounds played, DKK million"),
    "wait.row.saved": Bilingual("Sparet, mio. kr.", "Saved, DKK million"),
    "wait.row.tonnes": Bilingual("CO₂e i {year} mod den faste plan, t", "CO₂e in {year} against the fixed plan, t"),
    "wait.row.summed": Bilingual("og i alt til {year}, t", "and in all to {year}, t"),
    "wait.plus_minus": Bilingual("{value} ± {error}", "{value} ± {error}"),
    "wait.change.more": Bilingual("{amount} mere", "{amount} more"),
    "wait.change.less": Bilingual("{amount} mindre", "{amount} less"),
    "wait.change.both": Bilingual("{less} mindre til {more} mere", "{less} less to {more} more"),
    "wait.range": Bilingual("{low} til {high}", "{low} to {high}"),
    "wait.figure": Bilingual(
        "{sign} starter skal underskrives nu, {wait} kan vente, {depends} kommer an på",
        "{sign} starts are to be signed now, {wait} can wait, {depends} depend",
    ),
    "wait.figure.subtitle": Bilingual(
        "Prisen for at vente en runde, og for at underskrive nu, i {worlds} verdener · {scenario}",
        "The price of waiting one round, and of signing now, in {worlds} worlds · {scenario}",
    ),
    "wait.figure.rank": Bilingual(
        "mulige starter, de dyreste at udskyde først", "possible starts, the dearest to put off first"
    ),
    "wait.figure.price": Bilingual("mio. kr.", "DKK million"),
    "wait.figure.waiting": Bilingual("at vente koster", "waiting costs"),
    "wait.figure.signing": Bilingual("at underskrive nu koster", "signing now costs"),
    "wait.figure.dearest": Bilingual(
        "De dyreste at udskyde, med 95 %-interval", "The dearest to put off, with 95% interval"
    ),
    "wait.figure.note": Bilingual(
        "Hver pris er for den ene start alene, med alt andet rettet ind. Fremgangsmåden er bevist højst {gap} fra den bedste.",
        "Each price is of that start alone, all else adapted. The policy is proven to be at most {gap} from the best.",
    ),
}
