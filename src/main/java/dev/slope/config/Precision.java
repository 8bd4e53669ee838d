package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The floating-point numbers that rows are read, encoded and trained in. In Java a number is a
 * double that the precision has; blocks of rows, and tensors, have the type itself.
 */
public enum Precision {
  /** 32 bits, 24 of them the number's: 7 digits. */
  @JsonProperty("float32")
  FLOAT32(Float.BYTES) {
    @Override
    public double parse(String decimal) {
      return Float.parseFloat(decimal);
    }

    @Override
    public double of(Number number) {
      return number.floatValue();
    }

    @Override
    public double round(double value) {
      return (float) value;
    }
  },
  /** 64 bits, 53 of them the number's: 15 digits. */
  @JsonProperty("float64")
  FLOAT64(Double.BYTES) {
    @Override
    public double parse(String decimal) {
      return Double.parseDouble(decimal);
    }

    @Override
    public double of(Number number) {
      return number.doubleValue();
    }

    @Override
    public double round(double value) {
      return value;
    }
  };

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** How many bytes a number takes. */
  public int bytes() {
    return bytes;
  }

  /** The largest finite number. */
  public double largest() {
    return this == FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  /** The number nearest to a decimal one, rounded once; infinite where that is too large. */
  public abstract double parse(String decimal);

  /** The number nearest to one of any kind, rounded once; infinite where that is too large. */
  public abstract double of(Number number);

  /** The number nearest to a double. */
  public abstract double round(double value);

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }

  /**
   * The shortest decimal text that reads back as a number: in float32, where the number is one of
   * those, which is what a float32 stands for.
   */
  public static String text(double value) {
    float narrow = (float) value;
    return narrow == value || Double.isNaN(value) ? Float.toString(narrow) : Double.toString(value);
  }
}
