package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.NoiseConfig;
import dev.slope.config.VariableConfig;
import dev.slope.config.equation.Equation;
import dev.slope.config.equation.EquationException;
import dev.slope.config.equation.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that an equation computes: a column for each variable, then the label. */
final class SyntheticTable {
  /** How far a range may miss its end, in steps, and still include it. */
  private static final double END_TOLERANCE_STEPS = 1e-6;

  private static final int NOISE_STREAM = -1;

  private final DataSourceConfig.Synthetic config;
  private final String source;
  private final List<String> names;

  private SyntheticTable(DataSourceConfig.Synthetic config) {
    this.config = config;
    this.source = "equation '" + config.equation() + "'";
    this.names = List.copyOf(config.variables().keySet());
  }

  /**
   * Computes all rows; the same seed gives the same rows.
   *
   * @throws DataException where the equation can't be read, the number of rows is not determined,
   *     or a value is not finite in float32
   */
  static FloatMatrix of(DataSourceConfig.Synthetic config, long seed, BlockStore store) {
    return new SyntheticTable(config).compute(seed, store);
  }

  private FloatMatrix compute(long seed, BlockStore store) {
    Equation equation;
    Evaluator evaluator;
    try {
      equation = Equation.parse(config.equation());
      evaluator = equation.evaluator(names);
    } catch (EquationException e) {
      throw new DataException(source + ": " + e.getMessage(), e);
    }
    long rows = rows();
    List<LongToDoubleFunction> variables = variables(seed);
    DoubleSupplier noise = noise(config.noise(), RandomStream.of(seed, NOISE_STREAM));
    List<String> columns = new ArrayList<>(names);
    columns.add(equation.label());
    MatrixWriter writer = new MatrixWriter(columns, store);
    double[] values = new double[names.size()];
    FloatArray row = new FloatArray(store.precision(), columns.size());
    for (long i = 0; i < rows; i++) {
      for (int variable = 0; variable < values.length; variable++) {
        values[variable] = variables.get(variable).applyAsDouble(i);
        row.set(variable, values[variable]);
      }
      double label = evaluator.evaluate(values) + noise.getAsDouble();
      row.set(values.length, label);
      check(row, i, equation.label(), label, values);
      writer.add(row);
    }
    return writer.finish();
  }

  private void check(FloatArray row, long index, String label, double value, double[] values) {
    for (int cell = 0; cell < row.length(); cell++) {
      if (!NumberText.isServed(row.get(cell))) {
        String variables =
            IntStream.range(0, values.length)
                .mapToObj(i -> names.get(i) + " = " + values[i])
                .collect(Collectors.joining(", "));
        throw CellProblem.notFinite(
            CellProblem.place(source, "row", index + 1, label), value + " (" + variables + ")");
      }
    }
  }

  private long rows() {
    double product = 1;
    boolean hasRange = false;
    for (String name : names) {
      if (config.variables().get(name) instanceof VariableConfig.Range range) {
        hasRange = true;
        if (!(range.from() <= range.to())) {
          throw new DataException(
              "%s: 'to' of variable '%s' must be at least its 'from' %s, but was %s"
                  .formatted(source, name, range.from(), range.to()));
        }
        product *= count(range);
      }
    }
    Integer rows = config.rows();
    if (hasRange == (rows != null)) {
      throw new DataException(
          source
              + (hasRange
                  ? ": 'rows' must be absent where a variable is a range: ranges give "
                      + (long) product
                      + " rows"
                  : ": 'rows' must be given where no variable is a range"));
    }
    if (product > Integer.MAX_VALUE) {
      throw new DataException(
          "%s: the grid of its ranges must have at most %d rows, but has %.0f"
              .formatted(source, Integer.MAX_VALUE, product));
    }
    return rows == null ? (long) product : rows;
  }

  private static double count(VariableConfig.Range range) {
    return Math.floor((range.to() - range.from()) / range.step() + END_TOLERANCE_STEPS) + 1;
  }

  /** Each variable's value by row, to be asked for row by row. */
  private List<LongToDoubleFunction> variables(long seed) {
    LongToDoubleFunction[] result = new LongToDoubleFunction[names.size()];
    long period = 1;
    for (int i = names.size() - 1; i >= 0; i--) {
      VariableConfig variable = Objects.requireNonNull(config.variables().get(names.get(i)));
      if (variable instanceof VariableConfig.Range range) {
        result[i] = grid(range, period);
        period *= (long) count(range);
      } else {
        DoubleSupplier drawn = drawn(names.get(i), variable, RandomStream.of(seed, i));
        result[i] = row -> drawn.getAsDouble();
      }
    }
    return List.of(result);
  }

  private static LongToDoubleFunction grid(VariableConfig.Range range, long period) {
    long count = (long) count(range);
    return row -> range.from() + (row / period % count) * range.step();
  }

  private DoubleSupplier drawn(String name, VariableConfig variable, RandomStream random) {
    if (variable instanceof VariableConfig.Uniform uniform) {
      if (!(uniform.low() <= uniform.high())) {
        throw new DataException(
            "%s: 'high' of variable '%s' must be at least its 'low' %s, but was %s"
                .formatted(source, name, uniform.low(), uniform.high()));
      }
      return () -> uniform.low() + (uniform.high() - uniform.low()) * random.nextUniform();
    }
    if (variable instanceof VariableConfig.Normal normal) {
      return () -> normal.mean() + normal.standardDeviation() * random.nextNormal();
    }
    throw new AssertionError("no values for " + variable.getClass().getSimpleName());
  }

  private static DoubleSupplier noise(@Nullable NoiseConfig noise, RandomStream random) {
    if (noise == null) {
      return () -> 0;
    }
    if (noise instanceof NoiseConfig.Normal normal) {
      return () -> normal.standardDeviation() * random.nextNormal();
    }
    if (noise instanceof NoiseConfig.Uniform uniform) {
      return () -> uniform.bound() * (2 * random.nextUniform() - 1);
    }
    throw new AssertionError("no noise for " + noise.getClass().getSimpleName());
  }
}
