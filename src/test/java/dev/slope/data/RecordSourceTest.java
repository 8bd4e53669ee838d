package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON lines, JSON and TFRecord. */
class RecordSourceTest {
  /**
   * As Python's {@code tf.io.TFRecordWriter} of TensorFlow 2.18 wrote it: x = 1.5, n = -7, t =
   * "grün"; then x = -2.5, n = 8, v = [1, 2].
   */
  private static final byte[] EXAMPLES =
      HexFormat.of()
          .parseHex(
              "36000000000000004f578cef0a340a130a016e120e1a0c0a0af9ffffffffffffffff010a0e0a0174"
                  + "12090a070a056772c3bc6e0a0d0a0178120812060a040000c03fb58cf9d130000000000000"
                  + "0095f5d05f0a2e0a0a0a016e12051a030a01080a110a0176120c120a0a080000803f000000"
                  + "400a0d0a0178120812060a04000020c06cd4ef46");

  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void files() {
    files = new SourceFixture(folder);
  }

  @Test
  void theColumnsOfJsonLinesAreTheKeysOfAllRows() {
    files.write(
        "a.jsonl",
        "\uFEFF{\"x\": 1, \"name \\\"q\\\".ü\": \"a\", \"b\": true}\n\n"
            + "{\"late\": -2.5e-1, \"x\": \"2\", \"l\": [1, {\"x\": 3}]}\n{\"x\": 3, \"b\": null}");
    try (DataSource source = files.open("a.jsonl")) {
      assertThat(source.columns())
          .containsExactly(
              new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("name \"q\".ü", ColumnInfo.Kind.TEXT),
              new ColumnInfo("b", ColumnInfo.Kind.BOOLEAN),
              new ColumnInfo("late", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("l", ColumnInfo.Kind.OTHER));
      assertThat(Tables.values(source.readNumbers(List.of("x")))).containsExactly(1f, 2f, 3f);
      assertThat(SourceFixture.scan(source, "late", "l"))
          .containsExactly("NaN|", "-0.25|[...]", "NaN|");
      assertThat(source.fingerprint().rows()).isEqualTo(3);
      assertThatThrownBy(() -> source.readNumbers(List.of("late")))
          .hasMessage("a.jsonl, line 1, column 'late' is missing a value");
      assertThatThrownBy(() -> source.readNumbers(List.of("b")))
          .hasMessage("a.jsonl must be a number, but column 'b' holds true/false");
    }
  }

  @Test
  void namesTheLineOfWhatIsNoRow() {
    assertJsonLines("{\"x\": 1}\n{\"x\": abc}\n", "line 2 is not JSON: ");
    assertJsonLines("{\"x\": 1}\n{\"x\": 2\n", "line 3 is not JSON: ");
    assertJsonLines("{\"x\": 1}\n[2]\n", "line 2 must be an object, but starts with [");
    assertJsonLines(
        "{\"x\": 1, \"x\": 2}\n",
        "line 1: column names must be unique, but 'x' occurs more than once");
    assertJsonLines("{\"x\": 1}\n{\"x\": NaN}\n", "line 2, column 'x' must be a finite number");
    assertJsonLines("{\"x\": 1}\n{\"x\": 1e39}\n", "line 2, column 'x' must be a finite number");
    assertJsonLines("{\"x\": 1}\n{\"x\": \"a\"}\n", "line 2, column 'x': 'a' is not a number");
    assertJsonLines("{\"x\": 1}\n{}\n", "line 2, column 'x' is missing a value");
  }

  private void assertJsonLines(String text, String message) {
    files.write("a.jsonl", text);
    assertThatThrownBy(() -> files.read("a.jsonl", "x"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.jsonl, " + message);
  }

  @Test
  void namesTheRowOfAnArray() {
    assertJson("[{\"x\": 1}, {\"x\": \"a\"}]", ", row 2, column 'x': 'a' is not a number");
    assertJson("[]", " must have rows, but has none");
    assertJson("[{}]", " must have rows, but has none");
    assertJson(
        "{\"x\": 1}",
        " must be an array of objects; for an object a line, set the source's 'format' to jsonl");
    assertJson("[{\"x\": 1}]\n{\"x\": 2}", ", line 2: nothing may follow the array");
    assertJson("[{\"x\": 1}", ", line 1 is not JSON: Unexpected end-of-input");
  }

  private void assertJson(String text, String message) {
    files.write("a.json", text);
    assertThatThrownBy(() -> files.read("a.json", "x"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.json" + message);
  }

  @Test
  void rejectsOtherEncodings() {
    files.write("a.jsonl", "{\"x\": 1}\n{\"ü\": 1}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> files.read("a.jsonl", "x"))
        .hasMessage("a.jsonl, line 2 must be text in UTF-8, but its byte 3, 0xfc, is not");
  }

  @Test
  void readsWhatTensorFlowWrote() {
    files.write("a.tfrecord", EXAMPLES);
    try (DataSource source = files.open(new DataSourceConfig.TfRecord("a.tfrecord"))) {
      assertThat(source.columns())
          .containsExactly(
              new ColumnInfo("n", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("t", ColumnInfo.Kind.TEXT),
              new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("v", ColumnInfo.Kind.OTHER));
      assertThat(Tables.values(source.readNumbers(List.of("x", "n"))))
          .containsExactly(1.5f, -7f, -2.5f, 8f);
      assertThat(SourceFixture.scan(source, "x", "t")).containsExactly("1.5|grün", "-2.5|");
      assertThatThrownBy(() -> source.readNumbers(List.of("v")))
          .hasMessage(
              "a.tfrecord must be a number, but column 'v' holds lists, structures or binary data");
      assertThatThrownBy(() -> source.readNumbers(List.of("t")))
          .hasMessage("a.tfrecord, record 1, column 't': 'grün' is not a number");
    }
  }

  @Test
  void checksEveryRecord() {
    byte[] damaged = EXAMPLES.clone();
    damaged[90] ^= 1;
    assertRecords(damaged, ", record 2 must be a whole TFRecord, but its checksum is wrong");
    damaged = EXAMPLES.clone();
    damaged[2] ^= 1;
    assertRecords(damaged, ", record 1 must be a whole TFRecord, but its checksum is wrong");
    for (int length : List.of(75, 80, EXAMPLES.length - 1)) {
      assertRecords(
          Arrays.copyOf(EXAMPLES, length), ", record 2 is cut off: the file ends inside it");
    }
    assertRecords(
        "x,y\n1,2\n3,4\n5,6\n".getBytes(StandardCharsets.UTF_8),
        ", record 1 must be a whole TFRecord, but its checksum is wrong");
  }

  private void assertRecords(byte[] bytes, String message) {
    files.write("a.tfrecord", bytes);
    assertThatThrownBy(() -> files.read(new DataSourceConfig.TfRecord("a.tfrecord"), "x"))
        .isInstanceOf(DataException.class)
        .hasMessage("a.tfrecord" + message);
  }
}
