package dev.slope.export;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a SavedModel says of itself, read without native code.
 *
 * @param tags of its graph
 * @param tensorflowVersion that its format is of
 * @param signatures by name
 */
public record SavedModelDescription(
    List<String> tags, String tensorflowVersion, Map<String, Signature> signatures) {

  /** The names with which the format marks what is no signature of a user's. */
  private static final String INTERNAL_PREFIX = "__";

  /**
   * A function of the model.
   *
   * @param method the name TensorFlow Serving tells its kinds apart by
   * @param inputs by name
   * @param outputs by name
   */
  public record Signature(
      String method, Map<String, TensorText> inputs, Map<String, TensorText> outputs) {}

  /**
   * A tensor.
   *
   * @param dtype as TensorFlow for Python spells it
   * @param shape with -1 for any size
   */
  public record TensorText(String dtype, List<Long> shape) {}

  /**
   * Reads {@code saved_model.pb}.
   *
   * @throws ModelException where it is missing or damaged
   */
  public static SavedModelDescription read(Path versionDirectory) {
    Path file = versionDirectory.resolve("saved_model.pb");
    try {
      SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() == 0) {
        throw new ModelException(file + " is damaged; export the model again");
      }
      return of(model.getMetaGraphs(0));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static SavedModelDescription of(MetaGraphDef graph) {
    Map<String, Signature> signatures = new TreeMap<>();
    graph
        .getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              if (!name.startsWith(INTERNAL_PREFIX)) {
                signatures.put(name, of(signature));
              }
            });
    return new SavedModelDescription(
        List.copyOf(graph.getMetaInfoDef().getTagsList()),
        graph.getMetaInfoDef().getTensorflowVersion(),
        signatures);
  }

  private static Signature of(SignatureDef signature) {
    return new Signature(
        signature.getMethodName(),
        tensors(signature.getInputsMap()),
        tensors(signature.getOutputsMap()));
  }

  private static Map<String, TensorText> tensors(Map<String, TensorInfo> tensors) {
    Map<String, TensorText> texts = new TreeMap<>();
    tensors.forEach(
        (name, tensor) ->
            texts.put(
                name,
                new TensorText(
                    dtype(tensor),
                    tensor.getTensorShape().getDimList().stream()
                        .map(TensorShapeProto.Dim::getSize)
                        .toList())));
    return texts;
  }

  /** {@code DT_FLOAT} is float32; the others lose their prefix. */
  private static String dtype(TensorInfo tensor) {
    return switch (tensor.getDtype()) {
      case DT_FLOAT -> "float32";
      case DT_DOUBLE -> "float64";
      default -> tensor.getDtype().name().substring("DT_".length()).toLowerCase(Locale.ROOT);
    };
  }
}
