package dev.slope.training;

/**
 * Where the time of a training went.
 *
 * @param setupSeconds building the graph and the session, and loading the data into it
 * @param firstCallSeconds the first call of the epoch loop, nearly all of it compilation
 * @param epochSeconds all other calls, of a run that was resumed the earlier ones too
 * @param epochs how many epochs ran
 * @param firstCallEpochs how many of them in the first call
 */
public record Timings(
    double setupSeconds,
    double firstCallSeconds,
    double epochSeconds,
    long epochs,
    long firstCallEpochs) {}
