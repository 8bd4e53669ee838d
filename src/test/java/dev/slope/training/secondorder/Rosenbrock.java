package dev.slope.training.secondorder;

/** {@code (1 - a)^2 + 100 (b - a^2)^2}: a curved valley with its only minimum, 0, at (1, 1). */
final class Rosenbrock implements Objective {
  int evaluations;

  @Override
  public int size() {
    return 2;
  }

  @Override
  public Evaluation evaluate(double[] at) {
    evaluations++;
    double a = at[0];
    double bend = at[1] - a * a;
    return new Evaluation(
        (1 - a) * (1 - a) + 100 * bend * bend,
        new double[] {-2 * (1 - a) - 400 * a * bend, 200 * bend});
  }
}
