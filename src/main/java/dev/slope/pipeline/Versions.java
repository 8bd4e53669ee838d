package dev.slope.pipeline;

/** The versions that a run is made with. */
public final class Versions {
  private Versions() {}

  /** Slope's own, of the jar it runs from. */
  public static String slope() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
