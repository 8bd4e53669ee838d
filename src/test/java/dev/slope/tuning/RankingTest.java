package dev.slope.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.JsonValue;
import dev.slope.config.MetricName;
import dev.slope.config.ModelConfig;
import dev.slope.training.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankingTest {

  /**
   * 1, 2, 6: mean 3, squares of the differences 4, 1, 9, so the population's deviation is
   * sqrt(14/3).
   */
  @Test
  void aSettingIsTheMeanOfItsFolds() {
    CandidateResult result = result(1, 1, 2, 6);

    assertThat(result.mean()).isEqualTo(3);
    assertThat(result.standardDeviation()).isCloseTo(2.160246899469287, within(1e-15));
    assertThat(result.failure()).isNull();
  }

  @Test
  void oneFoldThatFailsFailsTheSetting() {
    CandidateResult result =
        CandidateResult.of(
            4,
            Map.of(),
            List.of(
                FoldResult.measured(1, 5, StopReason.EPOCHS_DONE), FoldResult.failed("diverged")));

    assertThat(result.mean()).isNull();
    assertThat(result.failure()).isEqualTo("fold 2: diverged");
  }

  @Test
  void theBestIsFirstAndTheFailedLast() {
    List<CandidateResult> results =
        List.of(failed(1), result(2, 0.5), result(3, 0.25), result(4, 0.75));

    assertThat(ranked(results, MetricName.MSE)).containsExactly(3, 2, 4, 1);
    assertThat(ranked(results, MetricName.R2)).containsExactly(4, 2, 3, 1);
  }

  /** l1 decides before l2, both before the order. */
  @Test
  void ofEqualOnesTheSimplerIsBetter() {
    List<CandidateResult> results =
        Stream.of(1, 2, 3, 4, 5).map(number -> result(number, 0.5)).toList();
    List<ModelConfig> models =
        List.of(model(0, 0), model(0, 2), model(1, 0), model(1, 1), model(1, 1));

    assertThat(
            new Ranking(results, models, MetricName.MSE)
                .ranked().stream().map(CandidateResult::setting))
        .containsExactly(4, 5, 3, 2, 1);
  }

  @Test
  void nothingIsBestWhereAllFailed() {
    Ranking ranking = new Ranking(List.of(failed(1)), List.of(model(0, 0)), MetricName.MSE);

    assertThat(ranking.best()).isNull();
  }

  @Test
  void theTableHasALineASetting() {
    TuningReport report =
        new TuningReport(
            "a",
            "mse",
            2,
            false,
            10,
            10,
            1,
            List.of(
                CandidateResult.of(
                    1,
                    Map.of("/model", new JsonValue("{\"type\":\"x\",\"l2\":1}")),
                    List.of(
                        FoldResult.measured(1, 5, StopReason.EPOCHS_DONE),
                        FoldResult.measured(2, 5, StopReason.EPOCHS_DONE))),
                CandidateResult.of(
                    2,
                    Map.of("/model", new JsonValue("\"y\"")),
                    List.of(
                        FoldResult.measured(0.25, 5, StopReason.EPOCHS_DONE),
                        FoldResult.failed("it's \"bad\"")))));

    assertThat(report.csv())
        .isEqualTo(
            """
            setting,/model,mse,standard_deviation,fold_1,fold_2,failure
            1,"{""type"":""x"",""l2"":1}",1.5,0.5,1.0,2.0,
            2,y,,,0.25,,"fold 2: it's ""bad""\"
            """);
  }

  private static List<Integer> ranked(List<CandidateResult> results, MetricName metric) {
    List<ModelConfig> models = new ArrayList<>();
    results.forEach(result -> models.add(model(0, 0)));
    return new Ranking(results, models, metric)
        .ranked().stream().map(CandidateResult::setting).toList();
  }

  private static CandidateResult result(int number, double... folds) {
    List<FoldResult> results = new ArrayList<>();
    for (double metric : folds) {
      results.add(FoldResult.measured(metric, 5, StopReason.EPOCHS_DONE));
    }
    return CandidateResult.of(number, Map.of(), results);
  }

  private static CandidateResult failed(int number) {
    return CandidateResult.of(number, Map.of(), List.of(FoldResult.failed("diverged")));
  }

  private static ModelConfig model(double l1, double l2) {
    return new ModelConfig.LinearRegression(true, l1, l2, Map.of(), new InitializerConfig.Zeros());
  }
}
