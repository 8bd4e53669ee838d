package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.export.ModelManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelCardTest {
  private static ModelManifest model(List<ModelManifest.Coefficient> coefficients) {
    return new ModelManifest(
        "line_2",
        "linear_regression",
        "identity",
        "mean over rows and labels of (prediction - label)^2",
        null,
        null,
        null,
        null,
        List.of(new ModelManifest.Output("y", null, "y", 1, 11, coefficients, null, null)),
        List.of("a|b"),
        List.of(new ModelManifest.Column("a|b", "float32", "a_b", null)),
        null,
        null);
  }

  private static ModelCard card(@Nullable String description, ModelManifest model) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mse", 0.25);
    metrics.put("r2", 0.9990001);
    return new ModelCard(
        model,
        description,
        Map.of("optimizer", "newton"),
        List.of(
            new ModelCard.Rows("training", 12_345, "rows.csv", "abcd"),
            new ModelCard.Rows("validation", 20, "split off rows.csv", null)),
        List.of(
            new ModelCard.Measured("training", metrics),
            new ModelCard.Measured("validation", Map.of("mse", 0.5))));
  }

  @Test
  void saysWhatTheModelIsAndLeavesTheRestToItsMakers() {
    assertThat(
            card(
                    "a *first*\ntry",
                    model(List.of(new ModelManifest.Coefficient("a|b", null, 2, 6.5))))
                .text())
        .isEqualTo(
            """
            # line\\_2

            a \\*first\\* try

            ## Model

            | | |
            |---|---|
            | type | linear\\_regression, link identity |
            | minimised | mean over rows and labels of (prediction - label)^2 |
            | predicts | y |
            | optimizer | newton |

            ## Intended use

            _To fill in: what decisions it is for, who uses it, and what it must not be used for._

            ## Data

            | part | rows | source | SHA-256 |
            |---|---:|---|---|
            | training | 12,345 | rows.csv | abcd |
            | validation | 20 | split off rows.csv |  |

            | column | type | becomes |
            |---|---|---|
            | a\\|b | float32 | part of a cross |

            ## Metrics

            | metric | training | validation |
            |---|---:|---:|
            | mse | 0.250000 | 0.500000 |
            | r2 | 0.999000 |  |

            ## Coefficients

            On the scale of the data, and on the scale that the model trains on, where they can be compared.

            | y | coefficient | standardized |
            |---|---:|---:|
            | a\\|b | 2.00000 | 6.50000 |
            | (intercept) | 1.00000 | 11.0000 |

            ## Limits

            _To fill in: groups and ranges that the data don't cover, known errors, who is affected by them, and when the model must be trained anew._
            """);
  }

  /** Of 101 weights, the largest first, the smallest is left out. */
  @Test
  void listsTheLargestOfManyWeights() {
    List<ModelManifest.Coefficient> many = new ArrayList<>();
    for (int i = 1; i <= 101; i++) {
      many.add(new ModelManifest.Coefficient("x", "level" + i, i, -i));
    }
    String text = card(null, model(many)).text();

    assertThat(text)
        .contains("| x=level101 | 101.000 | -101.000 |\n| x=level100 |")
        .contains("| x=level2 | 2.00000 | -2.00000 |\n| (intercept)")
        .contains("\n\nThe 100 largest of 101; `model.json` has all.\n")
        .doesNotContain("x=level1 |");
  }
}
