package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Trainings in float64 against the linear regressions of NIST's Statistical Reference Datasets
 * (https://www.itl.nist.gov/div898/strd/lls/lls.shtml), of which NIST certifies every coefficient
 * to 15 digits. The digits that agree are {@code -log10} of the relative difference.
 */
class ReferenceDatasetsTest {
  private static final String POLYNOMIAL =
      """
      {"x": {"type": "numeric", "degree": %d}}""";

  @TempDir Path folder;

  /**
   * The sets.
   *
   * <p>NIST calls the first two of lower difficulty, those without an intercept of average, the
   * others of higher.
   */
  private enum Dataset {
    NORRIS(
        "y x, 0.1 0.2, 338.8 337.4, 118.1 118.2, 888.0 884.6, 9.2 10.1, 228.1 226.5, 668.5 666.3,"
            + " 998.5 996.3, 449.1 448.6, 778.9 777.0, 559.2 558.2, 0.3 0.4, 0.1 0.6, 778.1 775.5,"
            + " 668.8 666.9, 339.3 338.0, 448.9 447.5, 10.8 11.6, 557.7 556.0, 228.3 228.1, 998.0"
            + " 995.8, 888.8 887.6, 119.6 120.2, 0.3 0.3, 0.6 0.3, 557.6 556.8, 339.3 339.1, 888.0"
            + " 887.2, 998.5 999.0, 778.9 779.0, 10.2 11.1, 117.6 118.3, 228.9 229.2, 668.4 669.1,"
            + " 449.2 448.9, 0.2 0.5",
        "\"auto\"",
        true,
        -0.262323073774029,
        1.00211681802045),
    PONTIUS(
        "y x, .11019 150000, .21956 300000, .32949 450000, .43899 600000, .54803 750000, .65694"
            + " 900000, .76562 1050000, .87487 1200000, .98292 1350000, 1.09146 1500000, 1.20001"
            + " 1650000, 1.30822 1800000, 1.41599 1950000, 1.52399 2100000, 1.63194 2250000,"
            + " 1.73947 2400000, 1.84646 2550000, 1.95392 2700000, 2.06128 2850000, 2.16844"
            + " 3000000, .11052 150000, .22018 300000, .32939 450000, .43886 600000, .54798 750000,"
            + " .65739 900000, .76596 1050000, .87474 1200000, .98300 1350000, 1.09150 1500000,"
            + " 1.20004 1650000, 1.30818 1800000, 1.41613 1950000, 1.52408 2100000, 1.63159"
            + " 2250000, 1.73965 2400000, 1.84696 2550000, 1.95445 2700000, 2.06177 2850000,"
            + " 2.16829 3000000",
        POLYNOMIAL.formatted(2),
        true,
        0.673565789473684e-3,
        0.732059160401003e-6,
        -0.316081871345029e-14),
    NO_INT_1(
        "y x, 130 60, 131 61, 132 62, 133 63, 134 64, 135 65, 136 66, 137 67, 138 68, 139 69, 140"
            + " 70",
        "{\"x\": {\"type\": \"numeric\", \"scaling\": \"none\"}}",
        false,
        0,
        2.07438016528926),
    NO_INT_2(
        "y x, 3 4, 4 5, 4 6",
        "{\"x\": {\"type\": \"numeric\", \"scaling\": \"none\"}}",
        false,
        0,
        0.727272727272727),
    LONGLEY(
        "y x1 x2 x3 x4 x5 x6, 60323 83.0 234289 2356 1590 107608 1947, 61122 88.5 259426 2325 1456"
            + " 108632 1948, 60171 88.2 258054 3682 1616 109773 1949, 61187 89.5 284599 3351 1650"
            + " 110929 1950, 63221 96.2 328975 2099 3099 112075 1951, 63639 98.1 346999 1932 3594"
            + " 113270 1952, 64989 99.0 365385 1870 3547 115094 1953, 63761 100.0 363112 3578 3350"
            + " 116219 1954, 66019 101.2 397469 2904 3048 117388 1955, 67857 104.6 419180 2822 2857"
            + " 118734 1956, 68169 108.4 442769 2936 2798 120445 1957, 66513 110.8 444546 4681 2637"
            + " 121950 1958, 68655 112.6 482704 3813 2552 123366 1959, 69564 114.2 502601 3931 2514"
            + " 125368 1960, 69331 115.7 518173 4806 2572 127852 1961, 70551 116.9 554894 4007 2827"
            + " 130081 1962",
        "\"auto\"",
        true,
        -3482258.63459582,
        15.0618722713733,
        -0.358191792925910e-1,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807e-1,
        1829.15146461355),
    WAMPLER_1(
        "y x, 1 0, 6 1, 63 2, 364 3, 1365 4, 3906 5, 9331 6, 19608 7, 37449 8, 66430 9, 111111 10,"
            + " 177156 11, 271453 12, 402234 13, 579195 14, 813616 15, 1118481 16, 1508598 17,"
            + " 2000719 18, 2613660 19, 3368421 20",
        POLYNOMIAL.formatted(5),
        true,
        1,
        1,
        1,
        1,
        1,
        1),
    FILIP(
        "y x, 0.8116 -6.860120914, 0.9072 -4.324130045, 0.9052 -4.358625055, 0.9039"
            + " -4.358426747, 0.8053 -6.955852379, 0.8377 -6.661145254, 0.8667 -6.355462942, 0.8809"
            + " -6.118102026, 0.7975 -7.115148017, 0.8162 -6.815308569, 0.8515 -6.519993057, 0.8766"
            + " -6.204119983, 0.8885 -5.853871964, 0.8859 -6.109523091, 0.8959 -5.79832982, 0.8913"
            + " -5.482672118, 0.8959 -5.171791386, 0.8971 -4.851705903, 0.9021 -4.517126416, 0.909"
            + " -4.143573228, 0.9139 -3.709075441, 0.9199 -3.499489089, 0.8692 -6.300769497, 0.8872"
            + " -5.953504836, 0.89 -5.642065153, 0.891 -5.031376979, 0.8977 -4.680685696, 0.9035"
            + " -4.329846955, 0.9078 -3.928486195, 0.7675 -8.56735134, 0.7705 -8.363211311, 0.7713"
            + " -8.107682739, 0.7736 -7.823908741, 0.7775 -7.522878745, 0.7841 -7.218819279, 0.7971"
            + " -6.920818754, 0.8329 -6.628932138, 0.8641 -6.323946875, 0.8804 -5.991399828, 0.7668"
            + " -8.781464495, 0.7633 -8.663140179, 0.7678 -8.473531488, 0.7697 -8.247337057, 0.77"
            + " -7.971428747, 0.7749 -7.676129393, 0.7796 -7.352812702, 0.7897 -7.072065318, 0.8131"
            + " -6.774174009, 0.8498 -6.478861916, 0.8741 -6.159517513, 0.8061 -6.835647144, 0.846"
            + " -6.53165267, 0.8751 -6.224098421, 0.8856 -5.910094889, 0.8919 -5.598599459, 0.8934"
            + " -5.290645224, 0.894 -4.974284616, 0.8957 -4.64454848, 0.9047 -4.290560426, 0.9129"
            + " -3.885055584, 0.9209 -3.408378962, 0.9219 -3.13200249, 0.7739 -8.726767166, 0.7681"
            + " -8.66695597, 0.7665 -8.511026475, 0.7703 -8.165388579, 0.7702 -7.886056648, 0.7761"
            + " -7.588043762, 0.7809 -7.283412422, 0.7961 -6.995678626, 0.8253 -6.691862621, 0.8602"
            + " -6.392544977, 0.8809 -6.067374056, 0.8301 -6.684029655, 0.8664 -6.378719832, 0.8834"
            + " -6.065855188, 0.8898 -5.752272167, 0.8964 -5.132414673, 0.8963 -4.811352704, 0.9074"
            + " -4.098269308, 0.9119 -3.66174277, 0.9228 -3.2644011",
        POLYNOMIAL.formatted(10),
        true);

    private final String rows;
    private final String features;
    private final boolean intercept;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final double[] certified;

    Dataset(String rows, String features, boolean intercept, double... certified) {
      this.rows = rows;
      this.features = features;
      this.intercept = intercept;
      this.certified = certified;
    }

    String csv() {
      return rows.replace(", ", "\n").replace(' ', ',') + "\n";
    }
  }

  private CommandResult train(Dataset dataset, String optimizer) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), dataset.csv());
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {
              "name": "nist",
              "data": {"train": "rows.csv"},
              "label": "y",
              "features": %s,
              "model": {"type": "linear_regression", "fit_intercept": %s},
              "training": {"optimizer": "%s", "precision": "float64"},
              "report": {"plots": false}
            }
            """
                .formatted(
                    dataset.features.equals("\"auto\"") ? "{\"*\": \"auto\"}" : dataset.features,
                    dataset.intercept,
                    optimizer));
    CommandResult result = CommandResult.of("train", config, "--models", folder.resolve("models"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  /** The intercept, then the coefficients in the order of the features. */
  private List<Double> coefficients() throws IOException {
    JsonNode output =
        Json.mapper()
            .readTree(Files.readString(folder.resolve("models/nist/1/assets.extra/model.json")))
            .at("/outputs/0");
    List<Double> values = new ArrayList<>(List.of(output.get("intercept").asDouble()));
    output
        .get("coefficients")
        .forEach(coefficient -> values.add(coefficient.get("value").asDouble()));
    return values;
  }

  private void assertDigits(Dataset dataset, double digits) throws IOException {
    List<Double> values = coefficients();
    assertThat(values).hasSize(dataset.certified.length);
    for (int i = 0; i < values.size(); i++) {
      double certified = dataset.certified[i];
      assertThat(Math.abs(values.get(i) - certified))
          .as("coefficient %d, %s against %s", i, values.get(i), certified)
          .isLessThanOrEqualTo(Math.pow(10, -digits) * Math.abs(certified));
    }
  }

  // Their certified values have 15 digits.
  @ParameterizedTest
  @EnumSource(
      value = Dataset.class,
      names = {"NORRIS", "PONTIUS", "NO_INT_1", "NO_INT_2"})
  void theNormalEquationHasElevenDigits(Dataset dataset) throws IOException {
    train(dataset, "newton");

    assertDigits(dataset, 11);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dataset.class,
      names = {"LONGLEY", "WAMPLER_1"})
  void ofHigherDifficultyItHasNineDigits(Dataset dataset) throws IOException {
    train(dataset, "newton");

    assertDigits(dataset, 9);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dataset.class,
      names = {"NORRIS", "NO_INT_1", "NO_INT_2"})
  void lbfgsHasNineDigits(Dataset dataset) throws IOException {
    train(dataset, "lbfgs");

    assertDigits(dataset, 9);
  }

  // The ninth power of x is explained by the others but for less than 1e-12 of its variance: its
  // coefficient is none that sums of float64 could tell, and that is said.
  @Test
  void columnsThatFloat64CanNotTellApartAreNamed() throws IOException {
    CommandResult result = train(Dataset.FILIP, "newton");

    assertThat(result.err()).contains("collinear: x^9 = ");
  }

  // What the same training has in float32 is no nine digits: the rows' own rounding is 6e-8.
  @Test
  void float32HasFewer() throws IOException {
    train(Dataset.LONGLEY, "newton");
    List<Double> doubles = coefficients();
    CommandResult result =
        CommandResult.of(
            "train",
            folder.resolve("config.json"),
            "--models",
            folder.resolve("narrow"),
            "--set",
            "/training/precision=float32");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode narrow =
        Json.mapper()
            .readTree(Files.readString(folder.resolve("narrow/nist/1/assets.extra/model.json")));
    double intercept = narrow.at("/outputs/0/intercept").asDouble();
    assertThat(Math.abs(intercept / doubles.get(0) - 1)).isGreaterThan(1e-9);
  }

  // What is served takes and gives float32, whatever the training had.
  @Test
  void theExportIsOfFloat32() throws IOException {
    train(Dataset.NORRIS, "newton");
    Path rows = Files.writeString(folder.resolve("asked.csv"), "x\n337.4\n0.2\n");

    CommandResult predicted = CommandResult.of("predict", folder.resolve("models/nist"), rows);
    JsonNode inspection =
        CommandResult.of("inspect", folder.resolve("models/nist"), "--json").json();

    // -0.262323073774029 + 1.00211681802045 x, to a rounding or two of float32
    assertThat(Float.parseFloat(predicted.outLines().get(1))).isCloseTo(337.8519f, within(6e-5f));
    assertThat(Float.parseFloat(predicted.outLines().get(2))).isCloseTo(-0.0618997f, within(6e-5f));
    assertThat(inspection.toString()).contains("float32").doesNotContain("float64");
  }
}
