"""Nothing ungrounded passes: what an extractor says must slice out of the report's text."""

import msgspec

from rashomon.model import Claim, Extraction, Figure, Rejected, Report, UnsupportedSpan


def grounded(report: Report, extraction: Extraction) -> Extraction:
    """The extraction without the claims and figures whose spans do not hold; they come as `rejected`."""
    claims: list[Claim] = []
    figures: list[Figure] = []
    rejected = list(extraction.rejected)
    for claim in extraction.claims:
        try:
            for span in (*claim.content, *claim.cue, *claim.source):
                span.of(report.text)
            claims.append(claim)
        except UnsupportedSpan as error:
            rejected.append(_rejected(report, error))
    for figure in extraction.figures:
        try:
            figure.span.check(report.text, figure.said)
            figures.append(figure)
        except UnsupportedSpan as error:
            rejected.append(_rejected(report, error))
    return msgspec.structs.replace(
        extraction, claims=tuple(claims), figures=tuple(figures), rejected=tuple(rejected)
    )


def _rejected(report: Report, error: UnsupportedSpan) -> Rejected:
    return Rejected(
        stage="extract", reason=f"ungrounded: {error}", path=report.path, report=report.id
    )
