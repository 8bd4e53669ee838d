package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibsvmSourceTest {
  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void files() {
    files = new SourceFixture(folder);
  }

  @Test
  void whatALineLeavesOutIsZero() {
    files.write("a.libsvm", "+1 1:0.5 3:-2e1 # the first\n\n-1\n1 2:7\n");
    try (DataSource source = files.open("a.libsvm")) {
      assertThat(Columns.names(source.columns())).containsExactly("label", "x1", "x2", "x3");
      assertThat(Tables.values(source.readNumbers(List.of("label", "x1", "x2", "x3"))))
          .containsExactly(1f, 0.5f, 0f, -20f, -1f, 0f, 0f, 0f, 1f, 0f, 7f, 0f);
      assertThat(SourceFixture.scan(source, "x3", "label"))
          .containsExactly("-20.0|+1", "0.0|-1", "0.0|1");
    }
  }

  @Test
  void mayCountFromZero() {
    files.write("a.svm", "1 0:5 1:6\n");
    assertThat(files.read("a.svm", "x0", "x1")).containsExactly(5f, 6f);
  }

  @Test
  void theConfigMayKnowMoreFeaturesThanTheFileHas() {
    files.write("a.txt", "1 1:5\n");
    assertThat(files.read(new DataSourceConfig.Libsvm("a.txt", 3), "x1", "x3"))
        .containsExactly(5f, 0f);
    files.write("a.txt", "1 1:5\n1 4:5\n");
    assertThatThrownBy(() -> files.open(new DataSourceConfig.Libsvm("a.txt", 3)))
        .hasMessage("a.txt, line 2 must have indices up to the source's 'features', 3, but has 4");
  }

  @Test
  void namesTheLineOfWhatIsWrong() {
    assertProblem("1 1:a\n", ", line 1, column 'x1': 'a' is not a number");
    assertProblem("1 1:1\n1 1:nan\n", ", line 2, column 'x1' must be a finite number");
    assertProblem("1 2:1 1:1\n", ", line 1 must have rising indices, but has 1 after 2");
    assertProblem("1 1:1 1:2\n", ", line 1 must have rising indices, but has 1 after 1");
    String form =
        ", line 1 must be 'label index:value ...' with integers >= 0 as indices, but has ";
    assertProblem("1 qid:3 1:2\n", form + "'qid:3'");
    assertProblem("1,2,3 4\n", form + "'4'");
    assertProblem("1 -1:2\n", form + "'-1:2'");
    assertProblem("# nothing\n", " must have rows, but has none");
  }

  private void assertProblem(String text, String message) {
    files.write("a.libsvm", text);
    assertThatThrownBy(() -> files.read("a.libsvm", "x1"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.libsvm" + message);
  }
}
