"""Agreement rounds as data: what was proposed, signed and followed up, and what goes on from one round to the next.

A round lives with its region in `rounds/<round>/`. `round.json` is its manifest: the state (open, proposed, signed,
closed), where the proposal came from, and name and SHA-256 of every file that belongs to the round. The files are tables
that are written once under a name no other content ever has, so that replacing the manifest is the one moment in which a
round changes; what a killed command leaves behind is not named there and counts for nothing.

The tables, each a row model in `rows`:

`commitments`
    The region's own table (`region.commitments.Commitment`): initiative, unit, status, level, start. An amendment is a
    row in a later file that says in `replaces` what it replaces. Reading the region reads these rows too.
`outlook`
    The region's own table (`region.commitments.Outlook`): what the proposed plan starts in later rounds.
`commitment_money`, `commitment_staff`, `commitment_tonnes`, `milestones`, `commitment_indicators`
    What a commitment costs by kind and year, needs by skill and year, gives in the last year of its round and in the
    report year (low, mode, high), its dates, and how it is followed up, by the id of the commitment.
`follow_up`
    Observed values of an indicator of a commitment, or of an account of the region; one file for each import.
`running`
    The region's own table (`region.limits.Running`), in a closed round: what goes on, as it was observed.

Every commitment has, beside the indicators of its initiative, the two of `rows.START` and `rows.IN_SERVICE`, whose target
values follow from level, start and ramp-up: they say in the same way of all initiatives what was delivered.
"""
