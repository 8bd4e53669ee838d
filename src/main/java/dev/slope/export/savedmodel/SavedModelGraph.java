package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.SavedModel;

/**
 * A SavedModel without the values of its variables.
 *
 * @param variables in the order in which their values are written
 * @param checkpointObjects the object graph of the checkpoint that will hold them
 * @param model the content of {@code saved_model.pb}
 */
public record SavedModelGraph(
    List<Variable> variables, ByteString checkpointObjects, SavedModel model) {
  public SavedModelGraph {
    variables = List.copyOf(variables);
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
    DurableFile.write(directory.resolve("saved_model.pb"), this::writeSorted);
  }

  /** Maps in the order of their keys: else equal models may have different bytes. */
  private void writeSorted(OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.useDeterministicSerialization();
    model.writeTo(coded);
    coded.flush();
  }
}
