package dev.slope.features;

/** Learns all that one feature needs. */
interface FeatureLearner extends ColumnLearner {
  /** The feature, when the last pass has ended. */
  FittedFeature fitted();
}
