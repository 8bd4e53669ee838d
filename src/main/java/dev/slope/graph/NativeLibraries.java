package dev.slope.graph;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * TensorFlow's native libraries, loaded by their names. JavaCPP, left to itself, first tries every
 * name that a library it knows of might have on any system, in every jar: a third of a second.
 */
final class NativeLibraries {
  /** What JavaCPP calls the one platform whose names these are. */
  private static final String PLATFORM = "linux-x86_64";

  private static final String FOLDER = "/org/tensorflow/internal/c_api/" + PLATFORM + "/";

  /** In the order in which they need one another. */
  private static final List<String> NAMES =
      List.of("libtensorflow_framework.so.2", "libtensorflow_cc.so.2", "libjnitensorflow.so");

  /** JavaCPP's own switch; read at each of its classes. */
  private static final String SEARCH = "org.bytedeco.javacpp.loadlibraries";

  private NativeLibraries() {}

  /**
   * Loads them, and has JavaCPP search no more; where they aren't found under these names, leaves
   * all to it. No other thread may use TensorFlow or JavaCPP meanwhile: {@link TensorFlowRuntime}
   * sees to it.
   */
  static void load() {
    if (System.getProperty(SEARCH) == null && tryLoad()) {
      System.setProperty(SEARCH, "false");
    }
  }

  private static boolean tryLoad() {
    if (!Loader.getPlatform().equals(PLATFORM)) {
      return false;
    }
    try {
      List<File> files = new ArrayList<>();
      for (String name : NAMES) {
        URL library = NativeLibraries.class.getResource(FOLDER + name);
        File file = library == null ? null : Loader.cacheResource(library);
        if (file == null) {
          return false;
        }
        files.add(file);
      }
      files.forEach(file -> System.load(file.getAbsolutePath()));
      return true;
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }
}
