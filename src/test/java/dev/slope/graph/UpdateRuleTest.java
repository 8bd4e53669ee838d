package dev.slope.graph;

import static dev.slope.graph.RuleSteps.descend;
import static dev.slope.graph.RuleSteps.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.OptimizerConfig;
import dev.slope.config.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** First steps by hand, where many steps end, and the same steps compiled. */
class UpdateRuleTest {
  /** A unit in the last place of numbers below 32. */
  private static final Offset<Float> ROUNDING = within(2e-6f);

  // 1 - 0.1 * 2 = 0.8.
  @Test
  void gradientDescentsFirstStep() {
    assertThat(one(new GradientDescentRule(), new float[] {1}, 2, 0.1f))
        .containsExactly(new float[] {0.8f}, ROUNDING);
  }

  // a' = 0.9 * 1 + 2 = 2.9; 1 - 0.1 * 2.9 = 0.71.
  @Test
  void momentumsStep() {
    assertThat(one(new MomentumRule(0.9f, false), new float[] {1, 1}, 2, 0.1f))
        .containsExactly(new float[] {0.71f, 2.9f}, ROUNDING);
  }

  // a' = 2.9 as before; 1 - 0.1 * (2 + 0.9 * 2.9) = 0.539.
  @Test
  void nesterovsStep() {
    assertThat(one(new MomentumRule(0.9f, true), new float[] {1, 1}, 2, 0.1f))
        .containsExactly(new float[] {0.539f, 2.9f}, ROUNDING);
  }

  // a' = 5 + 2^2 = 9; 1 - 0.1 * 2 / (3 + 1) = 0.95.
  @Test
  void adagradsFirstStep() {
    AdagradRule rule = new AdagradRule(5, 1);

    assertThat(one(rule, new float[] {1, (float) rule.initialSlot(0)}, 2, 0.1f))
        .containsExactly(new float[] {0.95f, 9}, ROUNDING);
  }

  // m = 0.5 * 2 = 1; v = 0.25 * 4 = 1; the correction is sqrt(0.25) / 0.5 = 1;
  // 1 - 0.1 * 1 * 1 / (1 + 1) = 0.95.
  @Test
  void adamsFirstStep() {
    assertThat(one(new AdamRule(0.5f, 0.75f, 1), new float[] {1, 0, 0}, 2, 0.1f))
        .containsExactly(new float[] {0.95f, 1, 1}, ROUNDING);
  }

  // v = 0.25 * 4 = 1; d' = 0.5 * 0.2 + 0.1 * 2 / sqrt(1 + 3) = 0.2; 1 - 0.2 = 0.8.
  @Test
  void rmsPropsStep() {
    assertThat(one(new RmsPropRule(0.75f, 0.5f, 3), new float[] {1, 0, 0.2f}, 2, 0.1f))
        .containsExactly(new float[] {0.8f, 1, 0.2f}, ROUNDING);
  }

  // v = 1 as before; 1 - 0.1 * 2 / 2 = 0.9.
  @Test
  void rmsPropsFirstStepWithoutMomentum() {
    assertThat(one(new RmsPropRule(0.75f, 0, 3), new float[] {1, 0}, 2, 0.1f))
        .containsExactly(new float[] {0.9f, 1}, ROUNDING);
  }

  // n' = 5 + 2^2 = 9; q' = 3 / 0.1 = 30; z' = 0 + 2 - (30 - 0) * 1 = -28; 28 / 30.
  @Test
  void ftrlsFirstStep() {
    FtrlRule rule = new FtrlRule(-0.5f, 5);

    assertThat(
            one(
                rule,
                new float[] {
                  1,
                  (float) rule.initialSlot(0),
                  (float) rule.initialSlot(1),
                  (float) rule.initialSlot(2)
                },
                2,
                0.1f))
        .containsExactly(new float[] {28f / 30, 9, -28, 30}, ROUNDING);
  }

  // With n^0 = 1 every step has the learning rate's length: 1 - 0.1 * 2 = 0.8, q = 1 / 0.1.
  @Test
  void ftrlWithPowerZeroIsGradientDescent() {
    assertThat(one(new FtrlRule(0, 5), new float[] {1, 5, 0, 0}, 2, 0.1f))
        .containsExactly(new float[] {0.8f, 9, -8, 10}, ROUNDING);
  }

  // The same steps by hand in doubles, which 0.1 and 0.9 are the nearest of.
  @Test
  void stepsOfDoublesAreDoubles() {
    Offset<Double> rounding = within(4e-16);
    assertThat(one(new GradientDescentRule(), new double[] {1}, 2, 0.1))
        .containsExactly(new double[] {0.8}, rounding);
    assertThat(one(new MomentumRule(0.9, true), new double[] {1, 1}, 2, 0.1))
        .containsExactly(new double[] {0.539, 2.9}, rounding);
    assertThat(one(new AdagradRule(5, 1), new double[] {1, 5}, 2, 0.1))
        .containsExactly(new double[] {0.95, 9}, rounding);
    assertThat(one(new RmsPropRule(0.75, 0.5, 3), new double[] {1, 0, 0.2}, 2, 0.1))
        .containsExactly(new double[] {0.8, 1, 0.2}, rounding);
    // m = 0.1 * 2, v = 0.001 * 4, corrected 2 and 2: 1 - 0.1 * 2 / (2 + 1e-7 / sqrt(0.001)).
    assertThat(one(new AdamRule(0.9, 0.999, 1e-7), new double[] {1, 0, 0}, 2, 0.1)[0])
        .isCloseTo(1 - 0.2 / (2 + 1e-7 / Math.sqrt(0.001)), rounding);
    assertThat(one(new FtrlRule(-0.5, 5), new double[] {1, 5, 0, 0}, 2, 0.1)[0])
        .isCloseTo(28.0 / 30, rounding);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(new GradientDescentRule(), 0.1f),
        Arguments.of(new MomentumRule(0.9f, false), 0.05f),
        Arguments.of(new MomentumRule(0.9f, true), 0.05f),
        Arguments.of(new AdagradRule(0.1f, 1e-7f), 0.5f),
        Arguments.of(new AdamRule(0.9f, 0.999f, 1e-7f), 0.01f),
        Arguments.of(new RmsPropRule(0.9f, 0, 1e-7f), 0.002f),
        Arguments.of(new RmsPropRule(0.9f, 0.5f, 1e-7f), 0.001f),
        Arguments.of(new FtrlRule(-0.5f, 0.1f), 0.5f));
  }

  // The closed form: each target moved by l1 = 0.5 towards zero, then into its bounds; the last
  // is the intercept, without a penalty: 1, around which RMSProp's steps never get shorter than its
  // rate.
  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleEndsInTheOptimum(UpdateRule rule, float rate) {
    float infinity = Float.POSITIVE_INFINITY;
    Proximal proximal =
        Proximal.of(
            0.5,
            new double[] {-infinity, -infinity, -infinity, -1, 0},
            new double[] {infinity, infinity, infinity, 1, infinity});

    List<float[]> reached =
        descend(rule, proximal, new float[] {2, -3, 0.4f, 4, -2}, rate, 4000, true);

    assertThat(reached.get(0)).containsExactly(new float[] {1.5f, -2.5f, 0, 1, 0}, within(1e-3f));
    assertThat(reached.get(0)[2]).isEqualTo(0f);
    assertThat(reached.get(0)[4]).isEqualTo(0f);
    assertThat(reached.get(1)).containsExactly(new float[] {1}, within(2e-3f));
  }

  // Rounding only: a fused multiply and add rounds once where two ops round twice. After 20 steps
  // that is 20 * 3 roundings of 6e-8 of numbers below 10 at most.
  @ParameterizedTest
  @MethodSource("rules")
  void theCompiledLoopEqualsTheInterpretedOne(UpdateRule rule, float rate) {
    Proximal proximal = Proximal.of(0.1, new double[] {-1, -1, -1}, new double[] {1, 1, 1});
    float[] target = {2, -0.7f, 0.05f};

    List<float[]> compiled = descend(rule, proximal, target, rate, 20, true);
    List<float[]> interpreted = descend(rule, proximal, target, rate, 20, false);

    assertThat(compiled).hasSize(2 + 2 * rule.slotsPerParameter());
    for (int i = 0; i < compiled.size(); i++) {
      assertThat(compiled.get(i)).containsExactly(interpreted.get(i), within(4e-5f));
    }
  }

  // A schedule may end at a rate of 0, where nothing becomes NaN, and nothing moves: FTRL has a
  // rate of 1e-20 in its place.
  @ParameterizedTest
  @MethodSource("rules")
  void aRateOfZeroMovesNothing(UpdateRule rule, float rate) {
    Proximal proximal = Proximal.of(0.1, new double[] {-1}, new double[] {1});

    List<float[]> reached = descend(rule, proximal, new float[] {2}, 0, 5, true);

    assertThat(reached.get(0)).containsExactly(new float[] {0}, within(1e-18f));
    assertThat(reached.get(1)).containsExactly(new float[] {0}, within(1e-18f));
    for (float[] slot : reached.subList(2, reached.size())) {
      assertThat(slot[0]).isFinite();
    }
  }

  @Test
  void secondOrderMethodsHaveNoUpdateRule() {
    assertThatThrownBy(() -> UpdateRule.of(new OptimizerConfig.Newton(), Precision.FLOAT32))
        .isInstanceOf(AssertionError.class)
        .hasMessage("no update rule for Newton");
  }
}
