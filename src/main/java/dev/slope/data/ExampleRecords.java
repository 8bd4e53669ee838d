package dev.slope.data;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The tf.Example records of a TFRecord file. A feature without a value is missing; one with several
 * is a list.
 *
 * <p>The few fields of {@code example.proto} are read from the wire: its generated classes are
 * TensorFlow's, which stays out of this package.
 */
final class ExampleRecords implements RecordReader {
  private static final int FEATURES_OF_EXAMPLE = 1;
  private static final int ENTRY_OF_FEATURES = 1;
  private static final int KEY_OF_ENTRY = 1;
  private static final int VALUE_OF_ENTRY = 2;
  private static final int BYTES_OF_FEATURE = 1;
  private static final int FLOATS_OF_FEATURE = 2;
  private static final int INTEGERS_OF_FEATURE = 3;
  private static final int VALUE_OF_LIST = 1;

  private final DataFile file;
  private final TfRecordReader records;

  ExampleRecords(DataFile file) {
    this.file = file;
    this.records = new TfRecordReader(file);
  }

  @Override
  public boolean next(Values values) {
    byte[] record = records.next();
    if (record == null) {
      return false;
    }
    try {
      example(CodedInputStream.newInstance(record), values);
      return true;
    } catch (IOException e) {
      throw new DataException(
          "%s, %s must be a tf.Example, but is not".formatted(file.name(), record()), e);
    }
  }

  private static void example(CodedInputStream in, Values values) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isMessage(tag, FEATURES_OF_EXAMPLE)) {
        features(in.readBytes().newCodedInput(), values);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void features(CodedInputStream in, Values values) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isMessage(tag, ENTRY_OF_FEATURES)) {
        entry(in.readBytes().newCodedInput(), values);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void entry(CodedInputStream in, Values values) throws IOException {
    String name = "";
    CodedInputStream feature = CodedInputStream.newInstance(new byte[0]);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isMessage(tag, KEY_OF_ENTRY)) {
        name = in.readStringRequireUtf8();
      } else if (isMessage(tag, VALUE_OF_ENTRY)) {
        feature = in.readBytes().newCodedInput();
      } else {
        in.skipField(tag);
      }
    }
    feature(name, feature, values);
  }

  private static void feature(String name, CodedInputStream in, Values values) throws IOException {
    FeatureValue value = new FeatureValue();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isMessage(tag, BYTES_OF_FEATURE)
          || isMessage(tag, FLOATS_OF_FEATURE)
          || isMessage(tag, INTEGERS_OF_FEATURE)) {
        list(WireFormat.getTagFieldNumber(tag), in.readBytes().newCodedInput(), value);
      } else {
        in.skipField(tag);
      }
    }
    value.handOn(name, values);
  }

  /** The values of a list, which numbers may pack into one field. */
  private static void list(int kind, CodedInputStream in, FeatureValue value) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != VALUE_OF_LIST) {
        in.skipField(tag);
      } else if (kind == BYTES_OF_FEATURE) {
        value.text(in.readByteBuffer());
      } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        CodedInputStream packed = in.readBytes().newCodedInput();
        while (!packed.isAtEnd()) {
          number(kind, packed, value);
        }
      } else {
        number(kind, in, value);
      }
    }
  }

  private static void number(int kind, CodedInputStream in, FeatureValue value) throws IOException {
    if (kind == FLOATS_OF_FEATURE) {
      value.number(in.readFloat());
    } else {
      value.integer(in.readInt64());
    }
  }

  private static boolean isMessage(int tag, int field) {
    return WireFormat.getTagFieldNumber(tag) == field
        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  @Override
  public String record() {
    return records.record();
  }

  @Override
  public void close() {
    records.close();
  }

  /** The values of one feature, of which there should be one. */
  private static final class FeatureValue {
    private int count;
    private int kind;
    private float number;
    private long integer;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    void number(float value) {
      count++;
      kind = FLOATS_OF_FEATURE;
      number = value;
    }

    void integer(long value) {
      count++;
      kind = INTEGERS_OF_FEATURE;
      integer = value;
    }

    void text(ByteBuffer value) {
      count++;
      kind = BYTES_OF_FEATURE;
      bytes = value;
    }

    void handOn(String name, Values values) {
      if (count == 0) {
        values.text(name, "");
      } else if (count > 1) {
        values.other(name, "[...]");
      } else if (kind == BYTES_OF_FEATURE) {
        text(name, values);
      } else if (kind == INTEGERS_OF_FEATURE) {
        values.integer(name, integer);
      } else {
        values.number(name, number);
      }
    }

    private void text(String name, Values values) {
      try {
        values.text(name, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      } catch (CharacterCodingException e) {
        values.other(name, "bytes");
      }
    }
  }
}
