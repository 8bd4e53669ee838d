package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {
  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void files() {
    files = new SourceFixture(folder);
  }

  @Test
  void readsFilesInTheOrderOfTheirNamesAsIfTheyWereOne() {
    files.write("parts/b.csv", "x,y\n3,30\n");
    files.write("parts/a.csv", "x,y\n1,10\n2,20\n");
    files.write("parts/c.csv.gz", SourceFixture.gzip("y,x\n40,4\n"));
    files.write("parts/.hidden.csv", "x,y\n9,9\n");
    files.write("parts/deep/d.csv", "x,y\n5,50\n");
    files.write("parts/notes.txt", "none");
    try (DataSource source = files.open("parts/*.csv*")) {
      assertThat(source.description()).isEqualTo("parts/*.csv*");
      FloatMatrix matrix = source.readNumbers(List.of("y", "x"));
      assertThat(Tables.values(matrix)).containsExactly(10f, 1f, 20f, 2f, 30f, 3f, 40f, 4f);
      assertThat(matrix.blocks()).as("no block ends with a file").hasSize(1);
      assertThat(source.fingerprint().rows()).isEqualTo(4);
      assertThat(SourceFixture.scan(source, "x", "y"))
          .containsExactly("1.0|10", "2.0|20", "3.0|30", "4.0|40");
    }
    assertThat(files.read("parts/[ab].csv", "x")).containsExactly(1f, 2f, 3f);
    assertThat(files.read("parts/?.csv", "x")).containsExactly(1f, 2f, 3f);
    assertThat(files.read("**/*.csv", "x")).containsExactly(1f, 2f, 3f, 5f);
    assertThat(files.read("parts/**/d.csv", "x")).containsExactly(5f);
  }

  @Test
  void aFileOfThatVeryNameIsNoPattern() {
    files.write("a[1].csv", "x\n1\n");
    files.write("a1.csv", "x\n2\n");
    assertThat(files.read("a[1].csv", "x")).containsExactly(1f);
  }

  @Test
  void namesTheFileAndTheColumnThatDiffer() {
    files.write("a.csv", "x,price\n1,2\n");
    files.write("b.csv", "x,prize\n1,2\n");
    assertThatThrownBy(() -> files.open("*.csv"))
        .hasMessage(
            "b.csv has no column 'price', which is in a.csv beside it; did you mean 'prize'?");
    files.write("b.csv", "x,price,z\n1,2,3\n");
    assertThatThrownBy(() -> files.open("*.csv"))
        .hasMessage(
            "b.csv has a column 'z', which is not in a.csv beside it; files that are read together"
                + " must have the same columns");
  }

  @Test
  void namesTheFileOfABadCell() {
    files.write("a.csv", "x\n1\n");
    files.write("b.csv", "x\ntrue\n");
    assertThatThrownBy(() -> files.read("*.csv", "x"))
        .hasMessage("b.csv must be a number, but column 'x' holds true/false");
    files.write("b.csv", "x\n1\noops\n");
    assertThatThrownBy(() -> files.read("*.csv", "x"))
        .hasMessage("b.csv, line 3, column 'x': 'oops' is not a number");
  }

  @Test
  void theFingerprintIsOfTheContentAndItsOrder() {
    files.write("a/1.csv", "x\n1\n");
    files.write("a/2.csv", "x\n2\n");
    files.write("b/1.csv", "x\n2\n");
    files.write("b/2.csv", "x\n1\n");
    files.write("c/first.csv", "x\n1\n");
    files.write("c/second.csv", "x\n2\n");
    assertThat(fingerprint("a/*.csv"))
        .isNotEqualTo(fingerprint("b/*.csv"))
        .isEqualTo(fingerprint("c/*.csv"));
  }

  @Test
  void theFingerprintIsTheSameWhereItBeganBesideTheReading() {
    files.write("1.csv", "x\n1\n");
    files.write("2.csv", "x\n2\n");
    try (DataSource source = files.open("*.csv")) {
      source.hashAhead();
      source.readNumbers(List.of("x"));
      assertThat(source.fingerprint()).isEqualTo(fingerprint("*.csv"));
    }
  }

  private Fingerprint fingerprint(String pattern) {
    try (DataSource source = files.open(pattern)) {
      return source.fingerprint();
    }
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> files.open("none*.csv"))
        .hasMessage("none*.csv names no file; it was looked for in " + folder.toAbsolutePath());
    assertThatThrownBy(() -> files.open("gone/*.csv"))
        .hasMessage(
            "gone/*.csv names no file; it was looked for in "
                + folder.toAbsolutePath().resolve("gone"));
    assertThatThrownBy(() -> files.open("[.csv"))
        .hasMessageStartingWith("[.csv must be a pattern of files, but is none: ");
  }
}
