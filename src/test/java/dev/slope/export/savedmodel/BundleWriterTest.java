package dev.slope.export.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

class BundleWriterTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path directory;

  /** TensorFlow's own RestoreV2 is the reader; the string's length takes two bytes of varint. */
  @Test
  void isReadByTensorFlow() throws IOException {
    String text = "graph ".repeat(50);
    BundleWriter bundle = new BundleWriter();
    bundle.addVariable(
        new Variable("weights", List.of(3L, 2L)), new double[] {1, -2, 0.5, 1e-30, 3e38, 6});
    bundle.addVariable(new Variable("intercepts", List.of(1L)), new double[] {0.1});
    bundle.addString(BundleWriter.OBJECT_GRAPH_KEY, ByteString.copyFromUtf8(text));
    bundle.write(directory);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Restore restore =
          tf.train.restore(
              tf.constant(directory.resolve("variables").toString()),
              tf.constant(
                  NdArrays.vectorOfObjects(
                      Variable.checkpointKey("weights"),
                      Variable.checkpointKey("intercepts"),
                      BundleWriter.OBJECT_GRAPH_KEY)),
              tf.constant(NdArrays.vectorOfObjects("", "", "")),
              List.of(TFloat32.class, TFloat32.class, TString.class));
      try (Session session = new Session(graph);
          Result result =
              session
                  .runner()
                  .fetch(restore.tensors().get(0))
                  .fetch(restore.tensors().get(1))
                  .fetch(restore.tensors().get(2))
                  .run()) {
        assertThat(StdArrays.array2dCopyOf((TFloat32) result.get(0)))
            .isDeepEqualTo(new float[][] {{1, -2}, {0.5f, 1e-30f}, {3e38f, 6}});
        assertThat(((TFloat32) result.get(1)).getFloat(0)).isEqualTo(0.1f);
        assertThat(((TString) result.get(2)).getObject()).isEqualTo(text);
      }
    }
  }
}
