package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.features.FittedLabels;
import dev.slope.graph.Prediction;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** What a model answers: from the score of its linear function to the outputs of a signature. */
final class ServingOutputs {
  /** Of a regression: {@code [rows]} for one label, {@code [rows, labels]} for several. */
  static final String PREDICTION = "prediction";

  /** The scores of classes: {@code [rows]} for one, {@code [rows, classes]} for one a class. */
  static final String LOGITS = "logits";

  /** {@code [rows, classes]}, in the order of the manifest's classes; none of margins. */
  static final String PROBABILITIES = "probabilities";

  /** The place of the predicted class among the manifest's classes: {@code [rows]} of int64. */
  static final String CLASS_ID = "class_id";

  /** The name of the predicted class: {@code [rows]} of strings. */
  static final String CLASSES = "classes";

  private final ModelConfig model;
  private final FittedLabels labels;

  ServingOutputs(ModelConfig model, FittedLabels labels) {
    this.model = model;
    this.labels = labels;
  }

  /**
   * Adds the outputs of the {@code predict} signature.
   *
   * @param score {@code [rows, outputs]}
   * @return by name
   */
  SortedMap<String, Operand<?>> predict(Ops tf, Operand<TFloat32> score) {
    SortedMap<String, Operand<?>> outputs = dense(tf, score);
    if (labels instanceof FittedLabels.Classes classes) {
      outputs.put(CLASSES, tf.gather(names(tf, classes), classId(tf, score), tf.constant(0)));
    }
    return outputs;
  }

  /** Adds the outputs of the {@code dense} signature: those of predict that are no strings. */
  SortedMap<String, Operand<?>> dense(Ops tf, Operand<TFloat32> score) {
    SortedMap<String, Operand<?>> outputs = new TreeMap<>();
    if (!(labels instanceof FittedLabels.Classes classes)) {
      outputs.put(PREDICTION, prediction(tf, score));
      return outputs;
    }
    outputs.put(LOGITS, flat(tf, score));
    outputs.put(CLASS_ID, classId(tf, score));
    if (classes.hasProbabilities()) {
      outputs.put(PROBABILITIES, probabilities(tf, score));
    }
    return outputs;
  }

  /** Adds the output of the {@code regress} signature. */
  SortedMap<String, Operand<?>> regress(Ops tf, Operand<TFloat32> score) {
    SortedMap<String, Operand<?>> outputs = new TreeMap<>();
    outputs.put("outputs", prediction(tf, score));
    return outputs;
  }

  /** Adds the outputs of the {@code classify} signature: every class with its probability. */
  SortedMap<String, Operand<?>> classify(
      Ops tf, Operand<TFloat32> score, FittedLabels.Classes classes) {
    Operand<TString> oneRow = tf.expandDims(names(tf, classes), tf.constant(0));
    Operand<TInt32> times = tf.concat(List.of(rows(tf, score), tf.array(1)), tf.constant(0));
    SortedMap<String, Operand<?>> outputs = new TreeMap<>();
    outputs.put("classes", tf.tile(oneRow, times));
    outputs.put("scores", probabilities(tf, score));
    return outputs;
  }

  private Operand<TFloat32> prediction(Ops tf, Operand<TFloat32> score) {
    return flat(tf, Prediction.of(tf, model, score));
  }

  private Operand<TFloat32> probabilities(Ops tf, Operand<TFloat32> score) {
    return labels instanceof FittedLabels.Binary binary
        ? Prediction.ofBoth(tf, binary.probabilityLink(), score)
        : Prediction.of(tf, model, score);
  }

  /** The same decision as {@link FittedLabels.Classes#decide}. */
  private Operand<TInt64> classId(Ops tf, Operand<TFloat32> score) {
    if (labels instanceof FittedLabels.Binary binary) {
      return tf.dtypes.cast(
          tf.math.greaterEqual(flat(tf, score), tf.constant(binary.scoreThreshold())),
          TInt64.class);
    }
    return tf.math.argMax(score, tf.constant(1));
  }

  private Operand<TFloat32> flat(Ops tf, Operand<TFloat32> columns) {
    return labels.outputs().size() == 1 ? tf.squeeze(columns, Squeeze.axis(List.of(1L))) : columns;
  }

  private static Operand<TString> names(Ops tf, FittedLabels.Classes classes) {
    return tf.constant(NdArrays.vectorOfObjects(classes.classes().toArray(String[]::new)));
  }

  /** Their number, a vector of one. */
  private static Operand<TInt32> rows(Ops tf, Operand<TFloat32> score) {
    return tf.shape.size(tf.shape(score), tf.constant(0));
  }
}
