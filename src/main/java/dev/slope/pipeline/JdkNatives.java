package dev.slope.pipeline;

import dev.slope.config.BatchSizeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Native methods of the JDK that reading a config comes to. The first call of one looks up its
 * symbol, for which the C library makes it wait while another thread loads a library: TensorFlow's
 * takes a sixth of a second.
 */
final class JdkNatives {
  private JdkNatives() {}

  /** Calls each of them, in a few milliseconds that the config's reader saves. */
  static void callOnce() {
    // An environment variable, a file, and an annotation with a long.
    System.getenv("PATH");
    try {
      Files.readAllBytes(Path.of(System.getProperty("java.home"), "release"));
    } catch (IOException e) {
      // Not every Java has one. The first file that is read may wait, as it would have.
    }
    BatchSizeConfig.Rows.class.getDeclaredFields()[0].getAnnotations();
  }
}
