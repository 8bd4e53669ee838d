package dev.slope.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.CheckpointConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointPolicyTest {
  private long now = 5_000_000_000L;

  @Test
  void isDueWhenTheSecondsArePastAndThenStartsAnew() {
    CheckpointPolicy policy = policy(null, 1.5);

    now += 1_499_999_999L;
    assertThat(policy.isDue(10)).isFalse();
    now += 1;
    assertThat(policy.isDue(11)).isTrue();
    policy.attempted();
    assertThat(policy.isDue(12)).isFalse();
    now += 1_500_000_000L;
    assertThat(policy.isDue(13)).isTrue();
  }

  @Test
  void isDueAtEachMultipleOfItsEpochs() {
    CheckpointPolicy policy = policy(4, 60);

    assertThat(policy.isDue(0)).isFalse();
    assertThat(policy.isDue(3)).isFalse();
    assertThat(policy.isDue(4)).isTrue();
    assertThat(policy.isDue(5)).isFalse();
    assertThat(policy.isDue(8)).isTrue();
  }

  @Test
  void letsCallsEndWhereOneIsDue() {
    CheckpointPolicy policy = policy(4, 60);

    assertThat(policy.epochsUntilDue(0)).isEqualTo(4);
    assertThat(policy.epochsUntilDue(3)).isEqualTo(1);
    assertThat(policy.epochsUntilDue(4)).isEqualTo(4);
    // By the clock alone any call may be as long as an int counts.
    assertThat(policy(null, 60).epochsUntilDue(2_000_000_000)).isGreaterThan(Integer.MAX_VALUE);
  }

  @Test
  void secondsBeyondAnyRunAreNeverDue() {
    CheckpointPolicy policy = policy(null, Double.MAX_VALUE);

    now += 1_000_000_000L * 86_400 * 365;

    assertThat(policy.isDue(1)).isFalse();
  }

  private CheckpointPolicy policy(@Nullable Integer everyEpochs, double everySeconds) {
    return new CheckpointPolicy(
        new CheckpointConfig(everyEpochs, everySeconds, 2, null), () -> now);
  }
}
