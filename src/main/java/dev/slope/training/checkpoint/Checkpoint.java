package dev.slope.training.checkpoint;

/**
 * What one file holds.
 *
 * @param fingerprint which run it is of
 * @param state where that run was
 */
record Checkpoint(RunFingerprint fingerprint, TrainingState state) {}
