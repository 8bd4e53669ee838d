package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.tuning.Ranking;
import dev.slope.tuning.TuningReport;

/**
 * What a search found.
 *
 * @param report what was tried, as it is written
 * @param ranking the same, the best first
 * @param best the config of the best setting
 * @param seconds it took
 */
public record TuneResult(TuningReport report, Ranking ranking, LoadedConfig best, double seconds) {}
