package dev.slope.training;

/** How the training visits the rows. */
public enum Plan {
  /** One pass for the sums of squares and products; epochs cost the same for any number of rows. */
  GRAM("gram"),
  /** Every epoch is one step over all rows, resident on the device, in the compiled loop. */
  FULL_BATCH("full_batch"),
  /** Every epoch is many steps, each over a batch of rows. */
  MINI_BATCH("mini_batch"),
  /** Rows come from a file, read ahead of the steps; for more rows than fit into memory. */
  STREAMING("streaming"),
  /**
   * Categories stay places of the weight matrix: each step gathers weights and scatters gradients,
   * and no one-hot matrix is ever made.
   */
  SPARSE("sparse");

  private final String label;

  Plan(String label) {
    this.label = label;
  }

  /** Its name in configs and reports. */
  public String label() {
    return label;
  }
}
