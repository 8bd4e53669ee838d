package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.graph.ColumnwiseQuadraticObjective;
import dev.slope.training.secondorder.QuadraticForm;
import dev.slope.training.secondorder.SymmetricMatrix;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** The quadratic forms of settings, in place of the rows that they sum up. */
final class SettingFormsFeed implements ResidentFeed {
  private final SettingSums sums;
  private final List<Setting> settings;
  private final List<Integer> foldsInOrder;
  private final Precision precision;
  private final List<Shape> shapes;
  private List<Placeholder<?>> inputs = List.of();

  /**
   * A feed.
   *
   * @param sums asked for when it is fed
   * @param settings those of a fold beside each other
   * @param foldsInOrder the folds that they have, in their order
   * @param objective that takes the forms
   */
  SettingFormsFeed(
      SettingSums sums,
      List<Setting> settings,
      List<Integer> foldsInOrder,
      ColumnwiseQuadraticObjective objective,
      Precision precision) {
    this.sums = sums;
    this.settings = settings;
    this.foldsInOrder = foldsInOrder;
    this.precision = precision;
    this.shapes = objective.dataShapes();
  }

  @Override
  public <T extends TFloating> List<Operand<T>> addData(Ops tf, Class<T> type) {
    List<Placeholder<T>> added = new ArrayList<>();
    for (Shape shape : shapes) {
      added.add(tf.placeholder(type, Placeholder.shape(shape)));
    }
    inputs = List.copyOf(added);
    return List.copyOf(added);
  }

  @Override
  public List<Tensor> feed(Session.Runner runner) {
    List<double[]> values = new ArrayList<>();
    int size = Math.toIntExact(shapes.get(0).get(0));
    for (int fold : foldsInOrder) {
      values.add(withIntercept(sums.hessian(fold), size));
    }
    List<QuadraticForm> forms = sums.forms(settings);
    double[] optima = new double[size * settings.size()];
    double[] losses = new double[settings.size()];
    for (int column = 0; column < losses.length; column++) {
      QuadraticForm form = forms.get(column);
      double[] optimum = form.optimum();
      for (int row = 0; row < optimum.length; row++) {
        optima[row * losses.length + column] = optimum[row];
      }
      losses[column] = form.optimalLoss();
    }
    values.add(optima);
    values.add(losses);
    return feed(runner, values);
  }

  /** Feeds forms that are 0 everywhere. */
  List<Tensor> feedZeros(Session.Runner runner) {
    return feed(
        runner, shapes.stream().map(shape -> new double[Math.toIntExact(shape.size())]).toList());
  }

  private List<Tensor> feed(Session.Runner runner, List<double[]> values) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Tensor tensor = Tensors.of(precision, shapes.get(i), values.get(i));
      tensors.add(tensor);
      runner.feed(inputs.get(i), tensor);
    }
    return tensors;
  }

  /** Where no intercept is trained, its row and column are 0. */
  private static double[] withIntercept(SymmetricMatrix hessian, int size) {
    double[] values = new double[size * size];
    for (int row = 0; row < hessian.size(); row++) {
      for (int column = 0; column < hessian.size(); column++) {
        values[row * size + column] = hessian.get(row, column);
      }
    }
    return values;
  }
}
