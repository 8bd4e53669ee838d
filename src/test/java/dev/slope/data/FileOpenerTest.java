package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.FileFormat;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileOpenerTest {
  /** printf 'x,y\n1,2\n3,4\n' | zstd, of the reference implementation. */
  private static final byte[] ZSTD =
      HexFormat.of().parseHex("28b52ffd240c610000782c790a312c320a332c340a593553e4");

  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void files() {
    files = new SourceFixture(folder);
  }

  @Test
  void theExtensionTellsTheFormat() {
    files.write("a.tsv", "x\ty z\n1\t2\n3\t4\n");
    files.write("a.JSONL", "{\"x\": 1}\n{\"x\": 3}\n");
    files.write("a.ndjson", "{\"x\": 1}\n{\"x\": 3}\n");
    files.write("a.json", "[{\"x\": 1}, {\"x\": 3}]");
    files.write("a.svm", "1 1:5\n3 1:6\n");
    assertThat(files.read("a.tsv", "x", "y z")).containsExactly(1f, 2f, 3f, 4f);
    assertThat(files.read("a.JSONL", "x")).containsExactly(1f, 3f);
    assertThat(files.read("a.ndjson", "x")).containsExactly(1f, 3f);
    assertThat(files.read("a.json", "x")).containsExactly(1f, 3f);
    assertThat(files.read("a.svm", "label")).containsExactly(1f, 3f);
  }

  @Test
  void theFormatIsTakenFromTheConfigWhereItSaysOne() {
    files.write("table.txt", "x;y\n1;?\n?;4\n");
    DataSourceConfig.File config =
        SourceFixture.file("table.txt", FileFormat.CSV, ";", true, "?", "-999");
    try (DataSource source = files.open(config)) {
      assertThat(source.columns())
          .containsExactly(
              new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("y", ColumnInfo.Kind.NUMERIC));
      assertThat(SourceFixture.scan(source, "x", "y")).containsExactly("1.0|", "NaN|4");
      assertThatThrownBy(() -> source.readNumbers(List.of("x")))
          .hasMessage("table.txt, line 3, column 'x' is missing a value");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 0})
  void withoutAHeaderColumnsAreNumbered(long duckDbFrom) {
    DataFile file = new DataFile(files.write("a.csv", "1,2\n3,4\n"), "a.csv");
    CsvSource source =
        new CsvSource(
            file,
            CsvDialect.of("CSV", ',', SourceFixture.file("a.csv", FileFormat.CSV, null, false)),
            duckDbFrom);
    assertThat(Tables.values(source.readNumbers(List.of("column_2", "column_1"))))
        .containsExactly(2f, 1f, 4f, 3f);
    assertThat(source.fingerprint().rows()).isEqualTo(2);
  }

  @Test
  void naValuesAreWhatTheConfigSays() {
    files.write("a.csv", "x,y\nNA,1\n");
    DataSourceConfig.File config = SourceFixture.file("a.csv", FileFormat.AUTO, null, true);
    assertThatThrownBy(() -> files.read(config, "x"))
        .hasMessage("a.csv, line 2, column 'x': 'NA' is not a number");
  }

  @Test
  void unpacksGzipAndZstdByTheirContent() {
    files.write("a.csv.gz", SourceFixture.gzip("x,y\n1,2\n3,4\n"));
    files.write("a.jsonl.gz", SourceFixture.gzip("{\"x\": 7}\n"));
    files.write("a.csv.zst", ZSTD);
    files.write("no-suffix.csv", ZSTD);
    assertThat(files.read("a.csv.gz", "y", "x")).containsExactly(2f, 1f, 4f, 3f);
    assertThat(files.read("a.jsonl.gz", "x")).containsExactly(7f);
    assertThat(files.read("a.csv.zst", "y", "x")).containsExactly(2f, 1f, 4f, 3f);
    assertThat(files.read("no-suffix.csv", "x")).containsExactly(1f, 3f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void theParsersOfTextUnpackToo(String packing) throws IOException {
    String text = "x,y\n" + "1.5,2\n".repeat(1_000);
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(zstd)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] packed = packing.equals("gzip") ? SourceFixture.gzip(text) : zstd.toByteArray();
    DataFile file = new DataFile(files.write("packed", packed), "packed");
    CsvDialect commas = CsvDialect.of("CSV", ',', DataSourceConfig.File.of("unused"));
    FloatMatrix matrix = new CsvSource(file, commas, 0).readNumbers(List.of("x"));
    assertThat(Tables.values(matrix)).hasSize(1_000).containsOnly(1.5f);
  }

  @Test
  void saysThatAPackedFileIsCutOff() {
    byte[] gzip = SourceFixture.gzip("x,y\n" + "1,2\n3,4\n".repeat(10_000));
    files.write("a.csv.gz", Arrays.copyOf(gzip, gzip.length - 10));
    files.write("a.csv.zst", Arrays.copyOf(ZSTD, ZSTD.length - 8));
    assertThatThrownBy(() -> files.read("a.csv.gz", "x"))
        .hasMessage("a.csv.gz is cut off: its compressed data has no end");
    assertThatThrownBy(() -> files.read("a.csv.zst", "x"))
        .hasMessage("a.csv.zst is cut off: its compressed data has no end");
  }

  @Test
  void saysThatAPackedFileIsDamaged() {
    byte[] gzip = SourceFixture.gzip("x,y\n1,2\n");
    gzip[gzip.length - 8] ^= 1;
    files.write("a.csv.gz", gzip);
    assertThatThrownBy(() -> files.read("a.csv.gz", "x"))
        .hasMessage(
            "a.csv.gz must be whole, but its compressed data is damaged: Corrupt GZIP trailer");
  }

  @Test
  void readsStandardInputByItsContent() {
    assertThat(readStandardInput("x,y\n1,2\n", "y")).containsExactly(2f);
    assertThat(readStandardInput(" \n{\"x\": 3}\n", "x")).containsExactly(3f);
    assertThat(readStandardInput("[{\"x\": 4}]", "x")).containsExactly(4f);
    assertThatThrownBy(() -> readStandardInput("", "x"))
        .hasMessage("standard input must have rows, but is empty (0 bytes)");
    assertThatThrownBy(() -> readStandardInput("x\na\n", "x"))
        .hasMessage("standard input, line 2, column 'x': 'a' is not a number");
  }

  private List<Float> readStandardInput(String text, String column) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return files.read("-", column);
    } finally {
      System.setIn(before);
    }
  }
}
