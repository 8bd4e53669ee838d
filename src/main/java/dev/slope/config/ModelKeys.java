package dev.slope.config;

/** What the keys that all models share mean, in the words of the schema and the README. */
final class ModelKeys {
  static final String FIT_INTERCEPT = "Whether the model has intercepts.";
  static final String L1 =
      "The factor of the sum of the weights' magnitudes; it makes weights exactly 0. Intercepts are"
          + " never penalised.";
  static final String L2 = "The factor of half the sum of the weights' squares.";
  static final String BOUNDS =
      "Lowest and highest weight by feature, on the scale the model trains on; '*' stands for the"
          + " features not named.";
  static final String CLASS_WEIGHT =
      "How much the rows of each class count; balanced lets every class count the same in sum, an"
          + " object gives weights by class.";
  static final String INITIALIZER = "The parameters' values before the first epoch.";

  private ModelKeys() {}
}
