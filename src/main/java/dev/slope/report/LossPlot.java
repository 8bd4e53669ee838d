package dev.slope.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** The loss over the epochs, of the validation rows too where there are any. */
final class LossPlot {
  private static final double LOGARITHMIC_FROM_RATIO = 100;

  /** More points lie on each other. */
  private static final int MAX_POINTS = 2_000;

  private LossPlot() {}

  /** Draws rows of finite losses, at least one. */
  static Drawing draw(List<HistoryRow> history) {
    List<HistoryRow> rows =
        LongStream.of(RowSample.indices(history.size(), MAX_POINTS))
            .mapToObj(i -> history.get((int) i))
            .toList();
    List<Double> epochs = rows.stream().map(row -> (double) row.epoch()).toList();
    Points training = Points.finite(epochs, rows.stream().map(HistoryRow::loss).toList());
    Points validation = Points.finite(epochs, rows.stream().map(LossPlot::validationLoss).toList());
    Axis x = Axis.linear("epoch", AxisRange.around(training.x()));
    Axis y = lossAxis(training.y(), validation.y());
    if (validation.count() == 0) {
      return new Chart(x, y).line(training, Palette.MODEL, Chart.LINE).draw("loss over epoch");
    }
    return new Chart(x, y)
        .line("training rows", training, Palette.MODEL, Chart.LINE)
        .line("validation rows", validation, Palette.TRUTH, Chart.LINE)
        .draw("loss over epoch");
  }

  private static double validationLoss(HistoryRow row) {
    return row.validationLoss() == null ? Double.NaN : row.validationLoss();
  }

  /** Logarithmic where all are positive and the training's losses span more than two decades. */
  private static Axis lossAxis(double[] training, double[] validation) {
    double least = DoubleStream.of(training).min().orElseThrow();
    double most = DoubleStream.of(training).max().orElseThrow();
    boolean logarithmic =
        least > 0
            && DoubleStream.of(validation).allMatch(loss -> loss > 0)
            && most / least > LOGARITHMIC_FROM_RATIO;
    if (!logarithmic) {
      return Axis.linear("loss", AxisRange.around(training, validation));
    }
    AxisRange exponents = AxisRange.around(logarithms(training), logarithms(validation));
    return Axis.logarithmic(
        "loss", new AxisRange(Math.pow(10, exponents.min()), Math.pow(10, exponents.max())));
  }

  private static double[] logarithms(double[] values) {
    return DoubleStream.of(values).map(Math::log10).toArray();
  }
}
