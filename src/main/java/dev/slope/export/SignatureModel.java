package dev.slope.export;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.export.savedmodel.SavedModelBuilder;
import dev.slope.graph.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.family.TType;

/**
 * Any SavedModel, whoever wrote it, of which one signature takes a tensor for each column. All that
 * is known of it is that signature. Owns native memory until closed.
 */
public final class SignatureModel implements AutoCloseable {
  private final SavedModelBundle bundle;
  private final List<SignatureInput> inputs;
  private final List<SignatureOutput> outputs;

  private SignatureModel(
      SavedModelBundle bundle, List<SignatureInput> inputs, List<SignatureOutput> outputs) {
    this.bundle = bundle;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Loads a model.
   *
   * @param directory of the version
   * @param signature that is asked; null for {@code serving_default} or, without that, the only one
   * @throws ModelException where it can't be loaded, or has no such signature of columns
   */
  public static SignatureModel load(Path directory, @Nullable String signature) {
    Path file = directory.resolve("saved_model.pb");
    MetaGraphDef graph = graph(file);
    SignatureDef definition = definition(graph, signature, directory);
    List<SignatureInput> inputs = new ArrayList<>();
    sorted(definition.getInputsMap())
        .forEach((key, tensor) -> inputs.add(SignatureInput.of(key, tensor, directory)));
    if (inputs.isEmpty()) {
      throw new ModelException(directory + " has a signature that takes nothing; name another");
    }
    List<SignatureOutput> outputs = new ArrayList<>();
    sorted(definition.getOutputsMap())
        .forEach((key, tensor) -> outputs.add(SignatureOutput.of(key, tensor, directory)));
    try {
      return new SignatureModel(
          TensorFlowRuntime.savedModel(directory)
              .withConfigProto(ServedModel.AS_WRITTEN_ON_CPU)
              .withTags(graph.getMetaInfoDef().getTagsList().toArray(new String[0]))
              .load(),
          List.copyOf(inputs),
          List.copyOf(outputs));
    } catch (TensorFlowException e) {
      throw new ModelException(
          "%s can't be loaded: %s"
              .formatted(directory, String.valueOf(e.getMessage()).lines().findFirst().orElse("?")),
          e);
    }
  }

  /** The graph for serving, else the first. */
  private static MetaGraphDef graph(Path file) {
    try {
      List<MetaGraphDef> graphs =
          SavedModel.parseFrom(Files.readAllBytes(file)).getMetaGraphsList();
      if (graphs.isEmpty()) {
        throw new ModelException(file + " is damaged: it has no graph");
      }
      return graphs.stream()
          .filter(each -> each.getMetaInfoDef().getTagsList().contains(SavedModelBuilder.SERVE_TAG))
          .findFirst()
          .orElse(graphs.get(0));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is damaged", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static SignatureDef definition(
      MetaGraphDef graph, @Nullable String wanted, Path directory) {
    Map<String, SignatureDef> signatures = new TreeMap<>(graph.getSignatureDefMap());
    signatures.keySet().removeIf(SavedModelDescription::isInternal);
    String name = wanted;
    if (name == null) {
      name =
          signatures.size() == 1
              ? signatures.keySet().iterator().next()
              : ServingSignatures.DEFAULT;
    }
    SignatureDef definition = signatures.get(name);
    if (definition == null) {
      throw new ModelException(
          "%s must have the signature %s, but has %s; name one with --signature"
              .formatted(directory, name, signatures.keySet()));
    }
    return definition;
  }

  private static Map<String, TensorInfo> sorted(Map<String, TensorInfo> tensors) {
    return new TreeMap<>(tensors);
  }

  /** The columns that it takes: the keys of the signature's inputs. */
  public List<String> columns() {
    return inputs.stream().map(SignatureInput::key).toList();
  }

  /** What must be read of rows. */
  public List<CodedColumn> codings() {
    return inputs.stream().map(SignatureInput::coding).toList();
  }

  /** The names of the answers: the keys of the outputs, with a number where one is several. */
  public List<String> answers() {
    return outputs.stream().flatMap(output -> output.names().stream()).toList();
  }

  /**
   * Asks for rows.
   *
   * @param rows with {@link #codings()}
   * @return for each row a text for each of {@link #answers()}; empty where a number is none, and
   *     all of them where a cell of the row is none of its column
   * @throws ModelException where the model fails
   */
  public List<String[]> answer(CodedRows rows) {
    List<String[]> answered = new ArrayList<>();
    for (FloatBlock block : rows.values().blocks()) {
      if (block.rows() > 0) {
        answer(rows, block, answered);
      }
    }
    return answered;
  }

  private void answer(CodedRows rows, FloatBlock block, List<String[]> answered) {
    SignatureCells cells = new SignatureCells(rows, block);
    Session.Runner runner = bundle.session().runner();
    List<TType> fed = new ArrayList<>();
    try {
      for (SignatureInput input : inputs) {
        TType tensor = cells.tensor(input);
        fed.add(tensor);
        runner.feed(input.tensor(), tensor);
      }
      outputs.forEach(output -> runner.fetch(output.tensor()));
      try (Result result = runner.run()) {
        add(cells, block.rows(), result, outputs, answered);
      }
    } catch (TensorFlowException e) {
      throw new ModelException("the model fails on these rows: " + e.getMessage(), e);
    } finally {
      fed.forEach(TType::close);
    }
  }

  private static void add(
      SignatureCells cells,
      int rows,
      Result result,
      List<SignatureOutput> outputs,
      List<String[]> answered) {
    List<String[]> columns = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).addTexts((TType) result.get(i), rows, columns);
    }
    for (int row = 0; row < rows; row++) {
      String[] texts = new String[columns.size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = cells.isRefused(row) ? "" : columns.get(i)[row];
      }
      answered.add(texts);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
