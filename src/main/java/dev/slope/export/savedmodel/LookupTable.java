package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.HashTable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * A table in the graph from keys to numbers, filled when the model is loaded.
 *
 * @param name unique in the model: the attribute in Python, the node in the graph
 * @param sharedName of its resource; other for other contents, as the resources of all models that
 *     a process has loaded share their names
 * @param keys a vector of strings, each once
 * @param values a vector of int64
 */
public record LookupTable(String name, String sharedName, TensorProto keys, TensorProto values) {
  static final String OP = HashTable.OP_NAME;
  static final String SHARED_NAME = "shared_name";
  static final DataType VALUE_TYPE = DataType.DT_INT64;

  private static final int SHARED_NAME_DIGITS = 16;

  /** A table of texts. */
  public static LookupTable ofStrings(String name, List<String> keys, List<Long> values) {
    if (keys.size() != values.size()) {
      throw new IllegalArgumentException(
          "values must be %d, but were %d".formatted(keys.size(), values.size()));
    }
    TensorProto texts = Attributes.strings(keys);
    TensorProto numbers = int64(values);
    return new LookupTable(name, name + "_" + digest(texts, numbers), texts, numbers);
  }

  /** What the keys are. */
  DataType keyType() {
    return keys.getDtype();
  }

  /**
   * Adds a lookup to a function that is traced.
   *
   * @param wanted keys
   * @param absent the answer where there is no such key
   * @return of the shape of {@code wanted}
   */
  public Operand<TInt64> find(Ops tf, Operand<TString> wanted, long absent) {
    HashTable table = tf.hashTable(TString.class, TInt64.class, HashTable.sharedName(sharedName));
    return tf.lookupTableFind(table, wanted, tf.constant(absent));
  }

  private static TensorProto int64(List<Long> values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putLong);
    return TensorProto.newBuilder()
        .setDtype(VALUE_TYPE)
        .setTensorShape(Attributes.shapeProto(List.of((long) values.size())))
        .setTensorContent(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  private static String digest(TensorProto keys, TensorProto values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(keys.toByteArray());
      digest.update(values.toByteArray());
      return HexFormat.of().formatHex(digest.digest()).substring(0, SHARED_NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }

  /** The table that a node of a traced function opens, as a name. */
  static String sharedName(org.tensorflow.proto.NodeDef node) {
    return node.getAttrOrThrow(SHARED_NAME).getS().toString(StandardCharsets.UTF_8);
  }
}
