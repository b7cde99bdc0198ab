"""Claims and figures to questions, positions, relations and timeline: named pure rules."""

from collections.abc import Mapping, Sequence

from rashomon.model import Cast, Extraction, Judgement, Outcome, Report
from rashomon.reconcile.arithmetic import everyone_against_some, shares_of_one_vote
from rashomon.reconcile.howmany import how_many
from rashomon.reconcile.items import Case
from rashomon.reconcile.ledger import parts_of_a_whole, still_held, what_cannot_hold
from rashomon.reconcile.timeline import timeline
from rashomon.reconcile.whathappened import what_happened

ARITHMETIC = (shares_of_one_vote, everyone_against_some, still_held, what_cannot_hold)


def reconcile(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    cast: Cast,
    copied: Mapping[str, str],
    *,
    judgements: Sequence[Judgement] = (),
) -> Outcome:
    """Questions disputed first, relations with reasons, and the timeline; the same whatever the order of reports.

    Within a status those come first whose words or numbers say how they stand.

    Of the judgements those count that say what belongs together and what does not.
    """
    case = Case(reports, extractions, cast, copied, judgements)
    counted = how_many(case)
    told = what_happened(case, counted.relations)
    computed = [found for rule in ARITHMETIC for found in rule(case)]
    computed += parts_of_a_whole(case, counted)
    questions = [*counted.questions, *told.questions, *(q for q, _ in computed)]
    relations = [*counted.relations, *told.relations, *(r for _, rs in computed for r in rs)]
    order = {
        s: n
        for n, s in enumerate(
            ("disputed", "denied", "retracted", "revised", "agreed", "single_source")
        )
    }
    unique = {(r.type, r.source, r.target): r for r in reversed(relations)}
    return Outcome(
        questions=tuple(
            sorted(
                questions,
                key=lambda q: (
                    order[q.status],
                    q.likelihood is not None,
                    -q.independent_sources,
                    q.title,
                    q.id,
                ),
            )
        ),
        relations=tuple(unique[key] for key in sorted(unique)),
        timeline=timeline(case),
    )


__all__ = ["reconcile"]
