package dev.slope.training.secondorder;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A small symmetric matrix in float64. Immutable. */
public final class SymmetricMatrix {
  private final int size;
  private final double[] values;

  private SymmetricMatrix(int size, double[] values) {
    this.size = size;
    this.values = values;
  }

  /** A matrix of {@code size x size} values, row by row; they are copied and trusted. */
  public static SymmetricMatrix of(int size, double... values) {
    if (values.length != size * size) {
      throw new IllegalArgumentException(
          "a matrix of size %d must have %d values, but had %d"
              .formatted(size, size * size, values.length));
    }
    return new SymmetricMatrix(size, values.clone());
  }

  /** Its rows, or columns. */
  public int size() {
    return size;
  }

  /** One value. */
  public double get(int row, int column) {
    return values[row * size + column];
  }

  /** A copy of all values, row by row. */
  public double[] values() {
    return values.clone();
  }

  /** The product with a matrix of {@code columns} columns, row by row. */
  public double[] multiply(double[] right, int columns) {
    double[] product = new double[size * columns];
    for (int row = 0; row < size; row++) {
      for (int inner = 0; inner < size; inner++) {
        double factor = values[row * size + inner];
        for (int column = 0; column < columns; column++) {
          product[row * columns + column] += factor * right[inner * columns + column];
        }
      }
    }
    return product;
  }

  /** The first rows and columns. */
  SymmetricMatrix leading(int count) {
    double[] part = new double[count * count];
    for (int row = 0; row < count; row++) {
      System.arraycopy(values, row * size, part, row * count, count);
    }
    return new SymmetricMatrix(count, part);
  }

  /** Each value through a function. */
  SymmetricMatrix map(DoubleUnaryOperator function) {
    return new SymmetricMatrix(size, Arrays.stream(values).map(function).toArray());
  }

  /** The same with an amount added to the first {@code count} values of the diagonal. */
  SymmetricMatrix plusDiagonal(double amount, int count) {
    double[] sum = values.clone();
    for (int i = 0; i < count; i++) {
      sum[i * size + i] += amount;
    }
    return new SymmetricMatrix(size, sum);
  }
}
