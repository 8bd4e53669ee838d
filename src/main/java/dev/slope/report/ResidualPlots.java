package dev.slope.report;

/** What the predictions of a label miss. */
final class ResidualPlots {
  private ResidualPlots() {}

  /** Residuals over predictions: where the model is right they have no form. */
  static Drawing overPredictions(String label, Residuals residuals) {
    Points dots = Points.finite(residuals.predicted(), residuals.residuals());
    AxisRange x = AxisRange.around(dots.x());
    return new Chart(
            Axis.linear("predicted " + label, x),
            Axis.linear(
                "residual of " + label + " (actual - predicted)",
                AxisRange.around(dots.y(), new double[] {0})))
        .line(
            new Points(new double[] {x.min(), x.max()}, new double[] {0, 0}),
            Palette.MODEL,
            Chart.DASHES)
        .dots(dots, Palette.TRUTH)
        .draw("residuals of " + label + " over predictions");
  }

  /** Quantiles of residuals over those of a normal distribution, on a line where they are one. */
  static Drawing quantiles(String label, Residuals residuals) {
    Points dots = Points.finite(residuals.normal(), residuals.sorted());
    double first = dots.x()[0];
    double last = dots.x()[dots.count() - 1];
    Points line =
        new Points(
            new double[] {first, last},
            new double[] {
              residuals.mean() + residuals.standardDeviation() * first,
              residuals.mean() + residuals.standardDeviation() * last
            });
    return new Chart(
            Axis.linear("quantile of the normal distribution", AxisRange.around(dots.x())),
            Axis.linear("residual of " + label, AxisRange.around(dots.y(), line.y())))
        .dots("residuals", dots, Palette.TRUTH)
        .line("normal, same mean and deviation", line, Palette.MODEL, Chart.DASHES)
        .draw("quantiles of the residuals of " + label + " over those of a normal distribution");
  }
}
