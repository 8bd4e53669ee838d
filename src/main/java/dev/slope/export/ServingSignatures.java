package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.export.savedmodel.SavedModelBuilder;
import dev.slope.export.savedmodel.SavedModelGraph;
import dev.slope.export.savedmodel.TensorSpec;
import dev.slope.export.savedmodel.TracedFunction;
import dev.slope.export.savedmodel.Variable;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ForwardPass;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** The signatures of a linear model, each the training's forward pass behind its own inputs. */
final class ServingSignatures {
  static final String DEFAULT = "serving_default";
  static final String PREDICT = "predict";
  static final String DENSE = "dense";
  static final String DENSE_INPUT = "x";
  static final String INDEXED = "indexed";
  static final String EXPLAIN = "explain";
  static final String REGRESS = "regress";
  static final String CLASSIFY = "classify";

  private static final String PREDICT_METHOD = "tensorflow/serving/predict";
  private static final String REGRESS_METHOD = "tensorflow/serving/regress";
  private static final String CLASSIFY_METHOD = "tensorflow/serving/classify";
  private static final String WEIGHTS = "weights";
  private static final String INTERCEPTS = "intercepts";
  private static final String EXAMPLES = "inputs";

  private final FittedFeatures features;
  private final FittedLabels labels;
  private final ServingInputs inputs;
  private final Vocabularies vocabularies;
  private final ServingOutputs outputs;
  private final List<Variable> variables;

  ServingSignatures(ModelConfig model, ServingInputs inputs, FittedLabels labels) {
    this.features = inputs.features();
    this.labels = labels;
    this.inputs = inputs;
    this.vocabularies = new Vocabularies(inputs);
    this.outputs = new ServingOutputs(model, labels);
    long rows = features.inputs().size();
    long scores = labels.outputs().size();
    this.variables =
        List.of(
            new Variable(WEIGHTS, List.of(rows, scores)),
            new Variable(INTERCEPTS, List.of(scores)));
  }

  /** The values of the variables, in their order. */
  static List<double[]> values(LinearWeights weights) {
    return List.of(weights.weights(), weights.intercepts());
  }

  /** The whole graph. */
  SavedModelGraph graph() {
    SavedModelBuilder builder = new SavedModelBuilder(variables, vocabularies.tables());
    TracedFunction predict = ofColumns(inputs.raw(), this::codedRaw, this::prediction);
    builder.addMethod(List.of(PREDICT, "__call__", "serve"), predict);
    builder.addSignature(DEFAULT, PREDICT_METHOD, predict);
    builder.addSignature(PREDICT, PREDICT_METHOD, predict);
    if (inputs.isNumeric()) {
      builder.addSignature(DENSE, PREDICT_METHOD, dense());
    }
    if (inputs.needsStrings()) {
      TracedFunction indexed =
          ofColumns(
              inputs.indexed(),
              (tf, columns) -> ServingCoding.ofIndices(tf, features, columns),
              this::withoutStrings);
      builder.addSignature(INDEXED, PREDICT_METHOD, indexed);
    }
    if (labels instanceof FittedLabels.Classes classes) {
      if (classes.hasProbabilities()) {
        builder.addSignature(CLASSIFY, CLASSIFY_METHOD, classify(classes));
      }
    } else if (labels.outputs().size() == 1) {
      builder.addSignature(REGRESS, REGRESS_METHOD, examples(outputs::regress));
    }
    builder.addSignature(
        EXPLAIN, PREDICT_METHOD, ofColumns(inputs.raw(), this::codedRaw, this::explanation));
    return builder.build();
  }

  /** What a signature answers to coded rows. */
  @FunctionalInterface
  private interface Answer {
    /**
     * Adds the ops.
     *
     * @param coded {@code [rows, columns]}
     * @param offset {@code [rows, 1]}; null where there is none
     */
    SortedMap<String, Operand<?>> of(
        Ops tf,
        Operand<TFloat32> coded,
        @Nullable Operand<TFloat32> offset,
        Map<String, Operand<TFloat32>> parameters);
  }

  /** One tensor a column. */
  private TracedFunction ofColumns(
      List<ServingColumn> columns,
      BiFunction<Ops, Function<String, Operand<?>>, Operand<TFloat32>> coding,
      Answer answer) {
    List<TensorSpec> specs =
        columns.stream()
            .map(ServingColumn::spec)
            .sorted(Comparator.comparing(TensorSpec::name))
            .toList();
    return TracedFunction.trace(
        specs,
        variables,
        (tf, operands, parameters) -> {
          Function<String, Operand<?>> byName =
              name -> Objects.requireNonNull(operands.get(inputs.key(name)));
          return answer.of(tf, coding.apply(tf, byName), offset(tf, byName), parameters);
        });
  }

  private Operand<TFloat32> codedRaw(Ops tf, Function<String, Operand<?>> columns) {
    return ServingCoding.ofRaw(tf, features, vocabularies, columns);
  }

  private @Nullable Operand<TFloat32> offset(Ops tf, Function<String, Operand<?>> columns) {
    return inputs.offsetColumn() == null
        ? null
        : tf.expandDims(
            ServingSignatures.<TFloat32>cast(columns.apply(inputs.offsetColumn())), tf.constant(1));
  }

  private SortedMap<String, Operand<?>> prediction(
      Ops tf,
      Operand<TFloat32> coded,
      @Nullable Operand<TFloat32> offset,
      Map<String, Operand<TFloat32>> parameters) {
    return outputs.predict(tf, score(tf, coded, offset, parameters));
  }

  private SortedMap<String, Operand<?>> withoutStrings(
      Ops tf,
      Operand<TFloat32> coded,
      @Nullable Operand<TFloat32> offset,
      Map<String, Operand<TFloat32>> parameters) {
    return outputs.dense(tf, score(tf, coded, offset, parameters));
  }

  private SortedMap<String, Operand<?>> explanation(
      Ops tf,
      Operand<TFloat32> coded,
      @Nullable Operand<TFloat32> offset,
      Map<String, Operand<TFloat32>> parameters) {
    Operand<TFloat32> score = score(tf, coded, offset, parameters);
    SortedMap<String, Operand<?>> explained =
        outputs.explanation(
            tf,
            score,
            ForwardPass.contributions(tf, features, coded, parameter(parameters, WEIGHTS)),
            parameter(parameters, INTERCEPTS));
    if (offset != null) {
      explained.put(ServingOutputs.OFFSET, tf.squeeze(offset, Squeeze.axis(List.of(1L))));
    }
    return explained;
  }

  /** All raw columns as one matrix, the offset's last. */
  private TracedFunction dense() {
    int width = inputs.columns().size();
    return TracedFunction.trace(
        List.of(TensorSpec.of(DENSE_INPUT, DataType.DT_FLOAT, -1L, (long) width)),
        variables,
        (tf, operands, parameters) -> {
          Operand<TFloat32> matrix = cast(Objects.requireNonNull(operands.get(DENSE_INPUT)));
          Operand<TFloat32> offset =
              inputs.offsetColumn() == null ? null : columns(tf, matrix, width - 1, 1);
          return outputs.dense(tf, score(tf, codedDense(tf, matrix), offset, parameters));
        });
  }

  /** Where every raw column is a feature of its own, the matrix is coded already. */
  private Operand<TFloat32> codedDense(Ops tf, Operand<TFloat32> matrix) {
    int width = inputs.columns().size();
    List<String> names = inputs.raw().stream().map(ServingColumn::name).toList();
    int coded = features.columns().size();
    if (features.columns().equals(names.subList(0, Math.min(coded, width)))) {
      return coded == width ? matrix : columns(tf, matrix, 0, coded);
    }
    return codedRaw(
        tf,
        name -> tf.squeeze(columns(tf, matrix, names.indexOf(name), 1), Squeeze.axis(List.of(1L))));
  }

  private TracedFunction classify(FittedLabels.Classes classes) {
    return examples((tf, score) -> outputs.classify(tf, score, classes));
  }

  /** Serialized {@code tf.Example}s whose features have the names of the columns. */
  private TracedFunction examples(
      BiFunction<Ops, Operand<TFloat32>, SortedMap<String, Operand<?>>> answer) {
    return TracedFunction.trace(
        List.of(TensorSpec.of(EXAMPLES, DataType.DT_STRING, -1L)),
        variables,
        (tf, operands, parameters) -> {
          Operand<TString> examples = cast(Objects.requireNonNull(operands.get(EXAMPLES)));
          Map<String, Operand<?>> parsed = ExampleColumns.parse(tf, inputs, examples);
          Function<String, Operand<?>> byName = name -> Objects.requireNonNull(parsed.get(name));
          return answer.apply(tf, score(tf, codedRaw(tf, byName), offset(tf, byName), parameters));
        });
  }

  private Operand<TFloat32> score(
      Ops tf,
      Operand<TFloat32> coded,
      @Nullable Operand<TFloat32> offset,
      Map<String, Operand<TFloat32>> parameters) {
    Operand<TFloat32> score =
        ForwardPass.score(
            tf, features, coded, parameter(parameters, WEIGHTS), parameter(parameters, INTERCEPTS));
    return offset == null ? score : tf.math.add(score, offset);
  }

  private static Operand<TFloat32> parameter(
      Map<String, Operand<TFloat32>> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name));
  }

  private static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> matrix, int from, int count) {
    return tf.slice(matrix, tf.array(0, from), tf.array(-1, count));
  }

  /** The type is the one its placeholder was made with. */
  @SuppressWarnings("unchecked")
  private static <T extends TType> Operand<T> cast(Operand<?> operand) {
    return (Operand<T>) operand;
  }
}
