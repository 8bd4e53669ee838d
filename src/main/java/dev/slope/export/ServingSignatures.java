package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.export.savedmodel.SavedModelWriter;
import dev.slope.export.savedmodel.TensorSpec;
import dev.slope.export.savedmodel.TracedFunction;
import dev.slope.export.savedmodel.Variable;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ForwardPass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** The signatures of a linear model, each the training's forward pass behind its own inputs. */
final class ServingSignatures {
  static final String DENSE = "dense";
  static final String DENSE_INPUT = "x";

  private static final String PREDICT_METHOD = "tensorflow/serving/predict";
  private static final String REGRESS_METHOD = "tensorflow/serving/regress";
  private static final String CLASSIFY_METHOD = "tensorflow/serving/classify";
  private static final String WEIGHTS = "weights";
  private static final String INTERCEPTS = "intercepts";

  private final FittedFeatures features;
  private final FittedLabels labels;
  private final ServingOutputs outputs;

  /** The raw columns: those of the features, then the offset's where there is one. */
  private final List<String> columns;

  private final Map<String, String> keys;
  private final List<Variable> variables;

  ServingSignatures(
      ModelConfig model,
      FittedFeatures features,
      FittedLabels labels,
      @Nullable String offsetColumn,
      LinearWeights weights) {
    this.features = features;
    this.labels = labels;
    this.outputs = new ServingOutputs(model, labels);
    this.columns = columns(features, offsetColumn);
    this.keys = SignatureKeys.of(columns);
    long inputs = weights.inputs().size();
    long scores = weights.outputs().size();
    this.variables =
        List.of(
            Variable.of(WEIGHTS, List.of(inputs, scores), weights.weights()),
            Variable.of(INTERCEPTS, List.of(scores), weights.intercepts()));
  }

  /** The raw columns of a model, in the order of the {@code dense} signature. */
  static List<String> columns(FittedFeatures features, @Nullable String offsetColumn) {
    List<String> columns = new ArrayList<>(features.columns());
    if (offsetColumn != null) {
      columns.add(offsetColumn);
    }
    return List.copyOf(columns);
  }

  /** The whole model, ready to be written. */
  SavedModelWriter writer() {
    SavedModelWriter writer = new SavedModelWriter(variables);
    TracedFunction predict = predict();
    writer.addMethod(List.of("predict", "__call__", "serve"), predict);
    writer.addSignature("serving_default", PREDICT_METHOD, predict);
    writer.addSignature("predict", PREDICT_METHOD, predict);
    writer.addSignature(DENSE, PREDICT_METHOD, dense());
    if (labels instanceof FittedLabels.Classes classes) {
      if (classes.hasProbabilities()) {
        writer.addSignature("classify", CLASSIFY_METHOD, classify(classes));
      }
    } else if (labels.outputs().size() == 1) {
      writer.addSignature("regress", REGRESS_METHOD, regress());
    }
    return writer;
  }

  /** One tensor a raw column. */
  private TracedFunction predict() {
    List<TensorSpec> inputs =
        keys.values().stream()
            .sorted()
            .map(key -> TensorSpec.of(key, DataType.DT_FLOAT, -1L))
            .toList();
    return TracedFunction.trace(
        inputs,
        variables,
        (tf, operands, parameters) ->
            outputs.predict(tf, score(tf, stack(tf, columns(operands)), parameters)));
  }

  /** All raw columns as one matrix. */
  private TracedFunction dense() {
    return TracedFunction.trace(
        List.of(TensorSpec.of(DENSE_INPUT, DataType.DT_FLOAT, -1L, (long) columns.size())),
        variables,
        (tf, operands, parameters) ->
            outputs.dense(tf, score(tf, operand(operands, DENSE_INPUT), parameters)));
  }

  private TracedFunction regress() {
    return examples(outputs::regress);
  }

  private TracedFunction classify(FittedLabels.Classes classes) {
    return examples((tf, score) -> outputs.classify(tf, score, classes));
  }

  /** Serialized {@code tf.Example}s whose features have the names of the columns. */
  private TracedFunction examples(
      BiFunction<Ops, Operand<TFloat32>, SortedMap<String, Operand<?>>> answer) {
    return TracedFunction.trace(
        List.of(TensorSpec.of("inputs", DataType.DT_STRING, -1L)),
        variables,
        (tf, operands, parameters) -> {
          Operand<TString> examples = operand(operands, "inputs");
          return answer.apply(tf, score(tf, stack(tf, parse(tf, examples)), parameters));
        });
  }

  private List<Operand<TFloat32>> parse(Ops tf, Operand<TString> examples) {
    NdArray<String> names = NdArrays.vectorOfObjects(columns.toArray(String[]::new));
    Operand<TString> none = tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
    Operand<TFloat32> required = tf.constant(new float[0]);
    ParseExample parsed =
        tf.io.parseExample(
            examples,
            none,
            none,
            tf.constant(names),
            none,
            Collections.nCopies(columns.size(), required),
            0L,
            List.of(),
            List.of(),
            List.of(),
            Collections.nCopies(columns.size(), Shape.scalar()));
    return parsed.denseValues().stream().<Operand<TFloat32>>map(ServingSignatures::cast).toList();
  }

  private List<Operand<TFloat32>> columns(Map<String, Operand<?>> operands) {
    return columns.stream()
        .map(column -> ServingSignatures.<TFloat32>operand(operands, key(column)))
        .toList();
  }

  private String key(String column) {
    return Objects.requireNonNull(keys.get(column));
  }

  private static Operand<TFloat32> stack(Ops tf, List<Operand<TFloat32>> columns) {
    return tf.stack(columns, Stack.axis(1L));
  }

  /** The last column is the offset where there is one. */
  private Operand<TFloat32> score(
      Ops tf, Operand<TFloat32> rawMatrix, Map<String, Operand<TFloat32>> parameters) {
    int featureColumns = features.columns().size();
    boolean hasOffset = columns.size() > featureColumns;
    Operand<TFloat32> score =
        ForwardPass.score(
            tf,
            features,
            hasOffset ? columns(tf, rawMatrix, 0, featureColumns) : rawMatrix,
            Objects.requireNonNull(parameters.get(WEIGHTS)),
            Objects.requireNonNull(parameters.get(INTERCEPTS)));
    return hasOffset ? tf.math.add(score, columns(tf, rawMatrix, featureColumns, 1)) : score;
  }

  private static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> matrix, int from, int count) {
    return tf.slice(matrix, tf.array(0, from), tf.array(-1, count));
  }

  private static <T extends org.tensorflow.types.family.TType> Operand<T> operand(
      Map<String, Operand<?>> operands, String name) {
    return cast(Objects.requireNonNull(operands.get(name)));
  }

  /** The type is the one its placeholder was made with. */
  @SuppressWarnings("unchecked")
  private static <T extends org.tensorflow.types.family.TType> Operand<T> cast(Operand<?> operand) {
    return (Operand<T>) operand;
  }
}
