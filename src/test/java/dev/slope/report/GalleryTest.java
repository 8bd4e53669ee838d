package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The README shows the pictures of {@code src/site/gallery}, which {@code src/site/run} draws. */
class GalleryTest {
  private static final Path GALLERY = Path.of("src", "site", "gallery");
  private static final Pattern PICTURE =
      Pattern.compile("src=\"src/site/gallery/([^\"]+\\.svg)\" width=\"\\d+\" alt=\"[^\"]+\"");

  private static List<String> pictures() throws IOException {
    try (Stream<Path> files = Files.list(GALLERY)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theReadmeShowsEveryPictureOfTheGallery() throws IOException {
    assertThat(
            PICTURE
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult picture) -> picture.group(1)))
        .containsExactlyInAnyOrderElementsOf(pictures());
  }

  @Test
  void everyShippedConfigHasAPicture() throws IOException {
    try (Stream<Path> configs = Files.list(Path.of("configs"))) {
      List<String> names =
          configs
              .map(config -> config.getFileName().toString())
              .filter(name -> name.endsWith(".json") && !name.equals("slope.schema.json"))
              .map(name -> name.replace(".json", "-"))
              .toList();
      List<String> pictures = pictures();
      assertThat(names)
          .isNotEmpty()
          .allMatch(name -> pictures.stream().anyMatch(each -> each.startsWith(name)), "is drawn");
    }
  }

  @Test
  void picturesAreSmallAndHaveATitle() throws Exception {
    long size = 0;
    for (String picture : pictures()) {
      Path file = GALLERY.resolve(picture);
      size += Files.size(file);
      assertThat(
              DocumentBuilderFactory.newDefaultInstance()
                  .newDocumentBuilder()
                  .parse(file.toFile())
                  .getElementsByTagName("title")
                  .item(0)
                  .getTextContent())
          .as(picture)
          .isNotBlank();
    }
    assertThat(size).isLessThan(150_000);
  }
}
