package dev.slope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Slope in a process of its own. */
final class SlopeProcess {
  private SlopeProcess() {}

  /**
   * The command of a JVM with this one's class path.
   *
   * @param options of the JVM
   * @param arguments of Slope
   */
  static List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.slope.cli.Main");
    command.addAll(arguments);
    return command;
  }
}
