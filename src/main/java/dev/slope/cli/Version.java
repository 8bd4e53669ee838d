package dev.slope.cli;

import picocli.CommandLine.IVersionProvider;

/** {@code slope --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"slope " + dev.slope.pipeline.Versions.slope()};
  }
}
