package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.VersionDef;

/**
 * TensorFlow's checkpoint format, a "tensor bundle", without native code: the tensors' bytes one
 * after another in a data file, and a table of where each one stands.
 */
final class BundleWriter {
  static final String OBJECT_GRAPH_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private static final String INDEX = "variables.index";
  private static final String DATA = "variables.data-00000-of-00001";

  private final SortedMap<ByteString, ByteString> index = LevelDbTable.newEntries();
  private ByteString data = ByteString.EMPTY;

  BundleWriter() {
    index.put(
        ByteString.EMPTY,
        BundleHeaderProto.newBuilder()
            .setNumShards(1)
            .setVersion(VersionDef.newBuilder().setProducer(1))
            .build()
            .toByteString());
  }

  /**
   * Adds a variable.
   *
   * @param values its value, row by row; rounded to float32
   */
  void addVariable(Variable variable, double[] values) {
    ByteString content = variable.content(values);
    add(
        variable.checkpointKey(),
        Variable.DTYPE,
        variable.shape(),
        content,
        MaskedCrc32c.of(content));
  }

  /**
   * Adds one string. It is stored as its length, a checksum of the length as a fixed integer, and
   * its bytes; the entry's checksum runs over the fixed length, that checksum and the bytes.
   */
  void addString(String key, ByteString value) {
    ByteString length = MaskedCrc32c.fixed32(value.size());
    ByteString lengthChecksum = MaskedCrc32c.fixed32(MaskedCrc32c.of(length));
    add(
        key,
        DataType.DT_STRING,
        List.of(),
        LevelDbTable.varints(value.size()).concat(lengthChecksum).concat(value),
        MaskedCrc32c.of(length.concat(lengthChecksum).concat(value)));
  }

  private void add(String key, DataType dtype, List<Long> shape, ByteString content, int checksum) {
    index.put(
        ByteString.copyFromUtf8(key),
        BundleEntryProto.newBuilder()
            .setDtype(dtype)
            .setShape(Attributes.shapeProto(shape))
            .setOffset(data.size())
            .setSize(content.size())
            .setCrc32C(checksum)
            .build()
            .toByteString());
    data = data.concat(content);
  }

  /** Writes the two files of the bundle into a directory. */
  void write(Path directory) throws IOException {
    DurableFile.write(directory.resolve(DATA), data::writeTo);
    DurableFile.write(directory.resolve(INDEX), LevelDbTable.of(index)::writeTo);
  }
}
