"""Means with their Monte Carlo error, and quantiles, of many lines of draws; both in memory that does not grow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.options.deployment import FloatArray
from rmscenario.uncertainty import REPLICATE
from rmscenario.uncertainty.intervals import FEWEST_REPLICATES, binomial_interval, half_width

#: [1] Draws of a line that are kept; quantiles of more are read off histograms.
KEPT = 1 << 17
#: [1] Bins of a histogram over twice the range of the kept draws: their width is the error of a quantile.
BINS = 1 << 14


class Means:
    """Means over draws, and their errors from the spread between replicates.

    Within a replicate draws depend on each other (each cell is hit once), between replicates they do not. With fewer
    than `FEWEST_REPLICATES` complete ones the error is that of independent draws, which is larger, never smaller, but
    for the last digits (Owen 1997, doi 10.1137/S0036142994277468).
    """

    def __init__(self, lines: int) -> None:
        self.draws = 0
        self.replicates = 0  # complete ones
        self._total, self._origin = np.zeros(lines), np.zeros(lines)
        self._squares = np.zeros(lines)  # Σ (x − origin)² over draws, while replicates are too few
        self._between_mean, self._between = np.zeros(lines), np.zeros(lines)  # Welford over complete replicates

    def add(self, values: FloatArray) -> None:
        """Add a replicate, or the beginning of one: array (line, draw)."""
        count = values.shape[1]
        sums = values.sum(axis=1)
        if self.draws == 0:
            self._origin = sums / count
        self.draws += count
        self._total += sums
        if self.replicates < FEWEST_REPLICATES:
            self._squares += ((values - self._origin[:, None]) ** 2).sum(axis=1)
        if count == REPLICATE:
            self.replicates += 1
            step = sums / count - self._between_mean
            self._between_mean += step / self.replicates
            self._between += step * (sums / count - self._between_mean)

    @property
    def mean(self) -> FloatArray:
        """Means: array (line)."""
        return self._total / self.draws

    @property
    def error(self) -> FloatArray:
        """Standard errors of the means: array (line)."""
        if self.replicates >= FEWEST_REPLICATES:
            return np.sqrt(self._between / (self.replicates - 1) / self.replicates)
        off = self.mean - self._origin
        variance = np.maximum(0.0, self._squares - self.draws * off**2) / max(1, self.draws - 1)
        return np.sqrt(variance / self.draws)

    def interval(self) -> tuple[FloatArray, FloatArray]:
        """Confidence interval of means that are probabilities: two arrays (line).

        A t interval over replicates; where no draw or every draw says yes, and where replicates are too few, the
        exact binomial interval of independent draws.
        """
        share = self.mean
        hits = np.rint(share * self.draws).astype(np.int64)
        exact = [binomial_interval(count, self.draws) for count in hits.tolist()]
        low, high = np.reshape(exact, (-1, 2)).T
        if self.replicates >= FEWEST_REPLICATES:
            width = half_width(self.error, self.replicates)
            between = (hits > 0) & (hits < self.draws)
            low = np.where(between, np.maximum(0.0, share - width), low)
            high = np.where(between, np.minimum(1.0, share + width), high)
        return low, high


class Quantiles:
    """Quantiles of lines of draws: exact up to `KEPT` draws, read off a histogram of `BINS` bins beyond."""

    def __init__(self, lines: int, draws: int) -> None:
        self._kept = np.empty((lines, min(KEPT, draws)))
        self._filled = 0
        self._counts: npt.NDArray[np.int64] | None = None
        self._low = self._width = self._least = self._most = np.zeros(lines)

    def add(self, values: FloatArray) -> None:
        """Add draws: array (line, draw)."""
        while values.shape[1]:
            if self._filled == KEPT:
                self._flush()
            room = min(self._kept.shape[1] - self._filled, values.shape[1])
            self._kept[:, self._filled : self._filled + room] = values[:, :room]
            self._filled += room
            values = values[:, room:]

    def _flush(self) -> None:
        """Count the kept draws; the first ones decide where the bins lie."""
        kept = self._kept[:, : self._filled]
        least, most = kept.min(axis=1), kept.max(axis=1)
        if self._counts is None:
            self._counts = np.zeros((len(kept), BINS), dtype=np.int64)
            span = most - least
            self._low, self._width = least - span / 2, 2 * span / BINS
            self._least, self._most = least, most
        self._least, self._most = np.minimum(self._least, least), np.maximum(self._most, most)
        for number, line in enumerate(kept):
            low, width = self._low[number], self._width[number]
            bins = np.zeros(len(line), dtype=np.int64) if width == 0 else ((line - low) / width).astype(np.int64)
            self._counts[number] += np.bincount(np.clip(bins, 0, BINS - 1), minlength=BINS)
        self._filled = 0

    def at(self, probabilities: FloatArray) -> FloatArray:
        """Quantiles: array (probability, line)."""
        if self._counts is None:
            found: FloatArray = np.quantile(self._kept[:, : self._filled], probabilities, axis=1)
            return found
        self._flush()
        quantiles = np.empty((len(probabilities), len(self._counts)))
        for number, counts in enumerate(self._counts):
            below = np.concatenate([[0], np.cumsum(counts)]) / counts.sum()
            edges = self._low[number] + self._width[number] * np.arange(BINS + 1)
            quantiles[:, number] = np.interp(probabilities, below, edges)
        return np.clip(quantiles, self._least, self._most)

    @property
    def error(self) -> FloatArray:
        """Largest error of a quantile that comes from counting in bins: array (line)."""
        return self._width.copy()
