package dev.slope.report;

import dev.slope.evaluation.CalibrationBin;
import dev.slope.evaluation.ClassCurves;
import dev.slope.report.Drawing.Anchor;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How well classes are told apart. */
final class ClassPlots {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 580;
  private static final AxisRange PARTS = new AxisRange(-0.02, 1.02);

  /** In smaller cells numbers can't be read. */
  private static final double SMALLEST_CELL = 30;

  /** Above this part of the largest number a cell is dark. */
  private static final double DARK = 0.45;

  private ClassPlots() {}

  /**
   * The part of the positive rows that are found over that of the negative rows that are taken for
   * them.
   *
   * @param area under the curve; null where it is undefined
   */
  static Drawing roc(ClassCurves curves, @Nullable Double area) {
    return square("false positive rate", "recall (true positive rate)")
        .line("chance", Points.diagonal(0, 1), Palette.FRAME, Chart.DASHES)
        .line(
            named("model", "area", area),
            Points.finite(curves.falsePositiveRate(), curves.recall()),
            Palette.MODEL,
            Chart.LINE)
        .draw("ROC curve");
  }

  /**
   * The part that is right of what is taken for positive over the part that is found.
   *
   * @param average precision; null where it is undefined
   */
  static Drawing precisionRecall(ClassCurves curves, @Nullable Double average) {
    return square("recall", "precision")
        .line(
            named("model", "average precision", average),
            Points.finite(curves.recall(), curves.precision()),
            Palette.MODEL,
            Chart.LINE)
        .draw("precision-recall curve");
  }

  /** How often rows are positive over how often the model says so. */
  static Drawing calibration(List<CalibrationBin> bins) {
    return square("predicted probability", "observed share of the positive class")
        .line("calibrated", Points.diagonal(0, 1), Palette.MODEL, Chart.DASHES)
        .dots(
            "rows, by tenths of probability",
            Points.finite(
                bins.stream().map(CalibrationBin::predicted).toList(),
                bins.stream().map(CalibrationBin::observed).toList()),
            Palette.TRUTH)
        .draw("calibration");
  }

  private static Chart square(String x, String y) {
    return new Chart(WIDTH, HEIGHT, Axis.linear(x, PARTS), Axis.linear(y, PARTS));
  }

  private static String named(String name, String measure, @Nullable Double value) {
    return value == null ? name : String.format(Locale.ROOT, "%s, %s %.4f", name, measure, value);
  }

  /**
   * How many rows of each class are taken for which.
   *
   * @param classes in the order of both
   * @param rows by class and prediction
   */
  static Drawing confusion(List<String> classes, List<List<Long>> rows) {
    long most =
        Math.max(1, rows.stream().flatMap(List::stream).mapToLong(Long::longValue).max().orElse(1));
    return new Chart(
            WIDTH,
            HEIGHT,
            Axis.across("predicted class", classes),
            Axis.down("true class", classes))
        .layer(
            (plane, canvas) -> {
              canvas.fill(plane.bounds(), Palette.amount(0));
              for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < classes.size(); column++) {
                  cell(plane, canvas, row, column, rows.get(row).get(column), most);
                }
              }
            })
        .draw("rows by class and predicted class");
  }

  private static void cell(
      Chart.Plane plane, Canvas canvas, int row, int column, long count, long most) {
    double left = plane.x(column - 0.5);
    double top = plane.y(row - 0.5);
    double width = plane.x(column + 0.5) - left;
    double height = plane.y(row + 0.5) - top;
    double part = (double) count / most;
    if (count > 0) {
      canvas.fill(new Rectangle2D.Double(left, top, width, height), Palette.amount(part));
    }
    if (Math.min(width, height) >= SMALLEST_CELL) {
      canvas.text(
          Long.toString(count),
          left + width / 2,
          top + height / 2 + Chart.onMiddle(Chart.LABEL_SIZE),
          Chart.LABEL_SIZE,
          Anchor.MIDDLE,
          part > DARK ? Color.WHITE : Palette.INK);
    }
  }
}
