package dev.slope.data;

/** What the rows of a run are for. */
public enum RowPart {
  /** The model learns from them, and nothing is learnt from any other. */
  TRAIN("training", 0),
  /** They are watched while the model learns. */
  VALIDATION("validation", 1),
  /** They measure the finished model. */
  TEST("test", 2);

  private static final int FIRST_STREAM = -100;

  private final String adjective;
  private final int code;

  RowPart(String adjective, int code) {
    this.adjective = adjective;
    this.code = code;
  }

  /** What messages call such rows: {@code training}, {@code validation}, {@code test}. */
  public String adjective() {
    return adjective;
  }

  /** Its number from 0, as {@link RowParts} keep it. */
  int code() {
    return code;
  }

  /**
   * The seed of a source of such rows: with one seed for all of them, a synthetic source for
   * validation would draw the very rows that train.
   *
   * @param seed of the run
   */
  public long sourceSeed(long seed) {
    return this == TRAIN ? seed : RandomStream.of(seed, FIRST_STREAM - code).nextLong();
  }
}
