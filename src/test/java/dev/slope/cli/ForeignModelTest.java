package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** A SavedModel that Slope did not export, but the stock exporter of TensorFlow for Java. */
class ForeignModelTest {
  @TempDir static Path shared;

  @TempDir Path folder;
  private Path data;

  @BeforeAll
  static void export() throws IOException {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> a = column(tf, TFloat32.class);
      Placeholder<TFloat64> d =
          tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 1)));
      Placeholder<TInt64> n = column(tf, TInt64.class);
      Placeholder<TInt32> small = column(tf, TInt32.class);
      Placeholder<TBool> t = column(tf, TBool.class);
      Placeholder<TString> s = column(tf, TString.class);
      Placeholder<TFloat32> matrix =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 4)));
      SavedModelBundle.exporter(shared.resolve("model").toString())
          .withSession(session)
          .withSignature(
              Signature.builder("serving_default")
                  .input("a", a)
                  .input("d", d)
                  .input("n", n)
                  .input("small", small)
                  .input("t", t)
                  .input("s", s)
                  .output("half", tf.math.div(a, tf.constant(2f)))
                  .output("next", tf.math.add(n, tf.constant(1L)))
                  .output("third", tf.math.div(d, tf.constant(new double[][] {{3}})))
                  .output("twice", tf.math.mul(small, tf.constant(2)))
                  .output("not", tf.math.logicalNot(t))
                  .output("shout", tf.strings.join(List.of(s, tf.constant("!"))))
                  .output("both", tf.stack(List.of(a, tf.math.neg(a)), Stack.axis(1L)))
                  .build())
          .withSignature(
              Signature.builder("rows")
                  .input("matrix", matrix)
                  .output("sum", tf.reduceSum(matrix, tf.constant(1)))
                  .build())
          .export();
    }
  }

  private static <T extends TType> Placeholder<T> column(Ops tf, Class<T> type) {
    return tf.placeholder(type, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
  }

  /** The integer is one that float64 doesn't have, the number one that float32 doesn't have. */
  @BeforeEach
  void rows() throws IOException {
    data =
        Files.writeString(
            folder.resolve("rows.csv"),
            """
            s,t,a,n,small,d,id
            Größe,true,3,9007199254740993,7,0.3,first
            ,false,,-1,-7,6,second
            x,maybe,1,2,3,4,third
            y,true,1,2,3000000000,4,fourth
            """);
  }

  @Test
  void everyOutputIsAColumn() {
    CommandResult result =
        CommandResult.of("predict", shared.resolve("model"), data, "--keep", "id");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.outLines())
        .containsExactly(
            "id,both_0,both_1,half,next,not,shout,third,twice",
            "first,3.0,-3.0,1.5,9007199254740994,false,Größe!,0.09999999999999999,14",
            "second,,,,0,true,!,2.0,-14",
            "third,,,,,,,,",
            "fourth,,,,,,,,");
    assertThat(result.err()).startsWith("warning: 3 of 4 rows have no prediction");
  }

  @Test
  void whatItTakesMustBeColumns() throws IOException {
    Path model = shared.resolve("model");
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "a\n1\n");

    assertThat(CommandResult.of("predict", model, narrow).err())
        .contains("has no column 'd', which the model's signature takes");
    assertThat(CommandResult.of("predict", model, data, "--signature", "rows").err())
        .contains(
            model
                + " takes 'matrix' as float32[-1,4], but predict gives a signature one value of"
                + " each row, [-1] or [-1, 1], for each column; name another with --signature");
    assertThat(CommandResult.of("predict", model, data, "--signature", "none").err())
        .contains(
            model
                + " must have the signature none, but has [rows, serving_default]; name one with"
                + " --signature");
  }

  /**
   * TensorFlow for Java calls a signature's method as the signature, and tensors after their ops.
   */
  @Test
  void inspectShowsItsSignatures() {
    CommandResult text = CommandResult.of("inspect", shared.resolve("model"));
    CommandResult json = CommandResult.of("inspect", shared.resolve("model"), "--json");

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .startsWith("SavedModel in " + shared.resolve("model") + "\n\ngraph for serve")
        .contains(
            """
            signatures
              rows(matrix: float32[-1,4]) -> sum: float32[-1]
                method rows; matrix = Placeholder_6:0 -> sum = ReduceSum:0
              serving_default(a: float32[-1], d: float64[-1,1], n: int64[-1], s: string[-1], small: int32[-1], t: bool[-1]) -> both: float32[-1,2], half: float32[-1], next: int64[-1], not: bool[-1], shout: string[-1], third: float64[-1,1], twice: int32[-1]
            """);
    assertThat(json.json().at("/saved_model/signatures/rows/inputs/matrix/shape/1").asInt())
        .isEqualTo(4);
    assertThat(json.json().at("/saved_model/tensors/rows/outputs/sum").asString())
        .isEqualTo("ReduceSum:0");
    assertThat(json.json().has("model")).isFalse();
  }

  @Test
  void whatNeedsSlopesOwnDescriptionSaysSo() {
    Path model = shared.resolve("model");
    assertThat(CommandResult.of("evaluate", model, data).err())
        .contains(
            model.resolve("assets.extra/model.json")
                + " is missing: "
                + model
                + " was not exported by Slope, or not whole");
    assertThat(CommandResult.of("report", model).err())
        .contains(model + " was not exported by Slope, which has no page of other models");
  }

  /** A model of Slope's own is asked for a signature by name. */
  @Test
  void anySignatureOfSlopesModelsCanBeAsked() throws IOException {
    Path models = folder.resolve("models");
    CommandResult.of(
        "train",
        Path.of("configs", "line.json"),
        "--models",
        models,
        "--set",
        "/report/plots=false");
    Path rows = Files.writeString(folder.resolve("x.csv"), "x\n2\n");

    CommandResult predicted = CommandResult.of("predict", models.resolve("line"), rows);
    CommandResult asked =
        CommandResult.of("predict", models.resolve("line"), rows, "--signature", "explain");

    assertThat(asked.outLines().get(0)).isEqualTo("contributions,intercept,score");
    assertThat(asked.outLines().get(1)).endsWith("," + predicted.outLines().get(1));
  }
}
