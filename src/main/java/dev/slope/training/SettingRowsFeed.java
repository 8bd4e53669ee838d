package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.RowsShape;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** Rows as they are, with their folds and how many of them each setting trains on. */
final class SettingRowsFeed implements ResidentFeed {
  private final TrainingJob job;
  private final RowsFeed rows;
  private final List<Setting> settings;
  private final @Nullable Folds folds;
  private @Nullable Placeholder<?> foldOfRow;
  private @Nullable Placeholder<?> shares;

  /**
   * A feed.
   *
   * @param folds null where no setting leaves rows out
   */
  SettingRowsFeed(TrainingJob job, List<Setting> settings, @Nullable Folds folds) {
    this.job = job;
    this.rows = new RowsFeed(job.features(), job.rows());
    this.settings = settings;
    this.folds = folds;
  }

  RowsShape shape() {
    return rows.shape();
  }

  @Override
  public <T extends TFloating> List<Operand<T>> addData(Ops tf, Class<T> type) {
    List<Operand<T>> data = new ArrayList<>(rows.addData(tf, type));
    if (folds != null) {
      Placeholder<T> ofRow =
          tf.placeholder(type, Placeholder.shape(Shape.of(folds.ofRow().length, 1)));
      foldOfRow = ofRow;
      data.add(ofRow);
    }
    Placeholder<T> ofSetting = tf.placeholder(type, Placeholder.shape(Shape.of(settings.size())));
    shares = ofSetting;
    data.add(ofSetting);
    return data;
  }

  @Override
  public List<Tensor> feed(Session.Runner runner) {
    List<Tensor> tensors = new ArrayList<>(rows.feed(runner));
    Precision precision = job.precision();
    if (folds != null) {
      Tensor ofRow = Tensors.matrix(column(folds.ofRow(), precision));
      tensors.add(ofRow);
      runner.feed(Objects.requireNonNull(foldOfRow, "addData comes first"), ofRow);
    }
    double[] weights = weightsOutside();
    double[] values = new double[settings.size()];
    for (int i = 0; i < values.length; i++) {
      int fold = settings.get(i).fold();
      values[i] = 1 / weights[fold == Setting.ALL_ROWS ? weights.length - 1 : fold];
    }
    Tensor ofSetting = Tensors.of(precision, Shape.of(values.length), values);
    tensors.add(ofSetting);
    runner.feed(Objects.requireNonNull(shares, "addData comes first"), ofSetting);
    return tensors;
  }

  private static FloatMatrix column(int[] values, Precision precision) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (int first = 0; first < values.length; first += FloatBlock.MAX_VALUES) {
      int count = Math.min(FloatBlock.MAX_VALUES, values.length - first);
      FloatBlock block = new FloatBlock(precision, count, 1);
      for (int row = 0; row < count; row++) {
        block.set(row, 0, values[first + row]);
      }
      blocks.add(block);
    }
    return new FloatMatrix(List.of("fold"), blocks);
  }

  /** The sum of the weights of the rows outside each fold; of all rows at the end. */
  private double[] weightsOutside() {
    int count = folds == null ? 0 : folds.count();
    double[] inside = new double[Math.max(1, count)];
    FloatMatrix weights = job.rows().weights();
    if (weights == null) {
      for (int row = 0; folds != null && row < folds.ofRow().length; row++) {
        inside[folds.ofRow()[row]]++;
      }
      inside[0] = folds == null ? job.rows().labels().rows() : inside[0];
    } else {
      int row = 0;
      for (FloatBlock block : RowsFeed.withMeanOne(weights).blocks()) {
        for (int i = 0; i < block.rows(); i++) {
          inside[folds == null ? 0 : folds.ofRow()[row]] += block.get(i, 0);
          row++;
        }
      }
    }
    double[] outside = new double[count + 1];
    for (int fold = 0; fold <= count; fold++) {
      for (int other = 0; other < inside.length; other++) {
        outside[fold] += other == fold && fold < count ? 0 : inside[other];
      }
    }
    return outside;
  }
}
