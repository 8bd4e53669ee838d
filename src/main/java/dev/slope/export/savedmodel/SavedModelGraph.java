package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.SavedModel;

/** A SavedModel without the values of its variables: all that is there before a training ends. */
public final class SavedModelGraph {
  private final List<Variable> variables;
  private final ByteString checkpointObjects;
  private final ByteString model;

  /**
   * A model, whose graph is encoded here.
   *
   * @param variables in the order in which their values are written
   * @param checkpointObjects the object graph of the checkpoint that will hold them
   * @param model the content of {@code saved_model.pb}
   */
  SavedModelGraph(List<Variable> variables, ByteString checkpointObjects, SavedModel model) {
    this.variables = List.copyOf(variables);
    this.checkpointObjects = checkpointObjects;
    this.model = sorted(model);
  }

  /** Maps in the order of their keys: else equal models may have different bytes. */
  private static ByteString sorted(SavedModel model) {
    ByteString.Output bytes = ByteString.newOutput(model.getSerializedSize());
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    coded.useDeterministicSerialization();
    try {
      model.writeTo(coded);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return bytes.toByteString();
  }

  /**
   * Writes the model into an existing directory; the last file is {@code saved_model.pb}.
   *
   * @param values of each variable, row by row; rounded to float32
   */
  public void write(Path directory, List<double[]> values) throws IOException {
    Path variablesDirectory = Files.createDirectory(directory.resolve("variables"));
    Files.createDirectory(directory.resolve("assets"));
    BundleWriter bundle = new BundleWriter();
    for (int i = 0; i < variables.size(); i++) {
      bundle.addVariable(variables.get(i), values.get(i));
    }
    bundle.addString(BundleWriter.OBJECT_GRAPH_KEY, checkpointObjects);
    bundle.write(variablesDirectory);
    DurableFile.write(directory.resolve("saved_model.pb"), model::writeTo);
  }
}
