package dev.slope.graph;

import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFlow;

/**
 * The way to TensorFlow for every thread: its natives are loaded by the first that comes, and the
 * others wait.
 *
 * <p>Left to themselves, two threads that come to TensorFlow together can wait for each other
 * forever, and do on a machine where its files have to come from the disk: whoever loads a library
 * holds the JVM's lock on libraries and then needs JavaCPP's, for the library calls back into it;
 * whoever first uses one of its classes holds JavaCPP's and then needs the JVM's.
 */
public final class TensorFlowRuntime {
  private TensorFlowRuntime() {}

  /** Initialised by one thread, by the rules of the language. */
  private static final class Loaded {
    static final String VERSION;

    static {
      NativeLibraries.load();
      VERSION = TensorFlow.version();
    }
  }

  /** Loads TensorFlow, or waits until it is loaded. */
  public static void load() {
    version();
  }

  /** TensorFlow's version, such as 2.18.0. */
  public static String version() {
    return Loaded.VERSION;
  }

  /** An empty graph, which the caller closes. */
  public static Graph newGraph() {
    load();
    return new Graph();
  }

  /** What loads a SavedModel's directory; the caller closes the bundle that it loads. */
  public static SavedModelBundle.Loader savedModel(Path directory) {
    load();
    return SavedModelBundle.loader(directory.toString());
  }
}
