package dev.slope.export;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slope.export.savedmodel.SavedModelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/**
 * What a graph of a SavedModel says of itself, read without native code: what {@code
 * saved_model_cli show --all} prints.
 *
 * @param tags by which it is chosen
 * @param tensorflowVersion that wrote it; empty where it doesn't say
 * @param signatures by name
 * @param tensors of the signatures, in the graph
 * @param functions that a loaded model has as methods
 * @param variables of the object graph
 */
public record SavedModelDescription(
    List<String> tags,
    String tensorflowVersion,
    Map<String, Signature> signatures,
    Map<String, Tensors> tensors,
    List<String> functions,
    List<VariableText> variables) {

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
   * @param shape with -1 for any size; absent where not even the rank is known
   */
  public record TensorText(String dtype, @Nullable List<Long> shape) {
    @Override
    public String toString() {
      return dtype + (shape == null ? "" : shape.toString().replace(" ", ""));
    }
  }

  /**
   * The names of a signature's tensors in the graph.
   *
   * @param inputs by their names in the signature
   * @param outputs by their names in the signature
   */
  public record Tensors(Map<String, String> inputs, Map<String, String> outputs) {}

  /**
   * A variable.
   *
   * @param name that it was made with
   * @param value its type and shape
   * @param trainable whether training changes it
   */
  public record VariableText(String name, TensorText value, boolean trainable) {}

  /**
   * Reads the graph that serves, or the first, of {@code saved_model.pb}.
   *
   * @throws ModelException where it is missing or damaged
   */
  public static SavedModelDescription read(Path versionDirectory) {
    return readAll(versionDirectory).get(0);
  }

  /**
   * Reads every graph of {@code saved_model.pb}: the one that serves first, the others in their
   * order.
   *
   * @throws ModelException where it is missing or damaged
   */
  public static List<SavedModelDescription> readAll(Path versionDirectory) {
    Path file = versionDirectory.resolve("saved_model.pb");
    try {
      SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() == 0) {
        throw new ModelException(file + " is damaged; export the model again");
      }
      return model.getMetaGraphsList().stream()
          .map(SavedModelDescription::of)
          .sorted(
              Comparator.comparing(
                  description -> !description.tags().contains(SavedModelBuilder.SERVE_TAG)))
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static SavedModelDescription of(MetaGraphDef graph) {
    Map<String, Signature> signatures = new TreeMap<>();
    Map<String, Tensors> tensors = new TreeMap<>();
    graph
        .getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              if (!isInternal(name)) {
                signatures.put(name, of(signature));
                tensors.put(
                    name,
                    new Tensors(names(signature.getInputsMap()), names(signature.getOutputsMap())));
              }
            });
    return new SavedModelDescription(
        List.copyOf(graph.getMetaInfoDef().getTagsList()),
        graph.getMetaInfoDef().getTensorflowVersion(),
        signatures,
        tensors,
        functions(graph.getObjectGraphDef()),
        variables(graph.getObjectGraphDef()));
  }

  /** Whether a name is no signature of a user's. */
  static boolean isInternal(String signature) {
    return signature.startsWith(INTERNAL_PREFIX);
  }

  /** The children of the root that are functions; a format without objects has none. */
  private static List<String> functions(SavedObjectGraph objects) {
    return objects.getNodesCount() == 0
        ? List.of()
        : objects.getNodes(0).getChildrenList().stream()
            .filter(child -> objects.getNodes(child.getNodeId()).hasFunction())
            .map(ObjectReference::getLocalName)
            .sorted()
            .toList();
  }

  private static List<VariableText> variables(SavedObjectGraph objects) {
    return objects.getNodesList().stream()
        .filter(SavedObject::hasVariable)
        .map(SavedObject::getVariable)
        .map(
            variable ->
                new VariableText(
                    variable.getName(),
                    new TensorText(dtype(variable.getDtype()), shape(variable.getShape())),
                    variable.getTrainable()))
        .toList();
  }

  private static Map<String, String> names(Map<String, TensorInfo> tensors) {
    Map<String, String> names = new TreeMap<>();
    tensors.forEach((key, tensor) -> names.put(key, tensor.getName()));
    return names;
  }

  private static Signature of(SignatureDef signature) {
    return new Signature(
        signature.getMethodName(),
        tensors(signature.getInputsMap()),
        tensors(signature.getOutputsMap()));
  }

  private static Map<String, TensorText> tensors(Map<String, TensorInfo> tensors) {
    Map<String, TensorText> texts = new TreeMap<>();
    tensors.forEach((name, tensor) -> texts.put(name, text(tensor)));
    return texts;
  }

  /** The type and shape of a tensor. */
  static TensorText text(TensorInfo tensor) {
    return new TensorText(dtype(tensor.getDtype()), shape(tensor.getTensorShape()));
  }

  private static @Nullable List<Long> shape(TensorShapeProto shape) {
    return shape.getUnknownRank()
        ? null
        : shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
  }

  /** {@code DT_FLOAT} is float32; the others lose their prefix. */
  private static String dtype(DataType type) {
    return switch (type) {
      case DT_FLOAT -> "float32";
      case DT_DOUBLE -> "float64";
      default -> type.name().substring("DT_".length()).toLowerCase(Locale.ROOT);
    };
  }
}
