package dev.slope.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrainingStateTest {
  @Test
  void handsOutWhatWasAdded() {
    TrainingState state =
        TrainingState.after(12)
            .floats("weights", 1.5f, -0f)
            .doubles("seconds", 0.25)
            .longs("position")
            .build();

    assertThat(state.epochsDone()).isEqualTo(12);
    assertThat(state.floats("weights")).containsExactly(1.5f, -0f);
    assertThat(state.doubles("seconds")).containsExactly(0.25);
    assertThat(state.longs("position")).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    TrainingState state = TrainingState.after(1).floats("weights", 1).build();

    assertThatThrownBy(() -> state.floats("slots"))
        .hasMessage("'slots' must be Floats of the state, but was absent; it has [weights]");
    assertThatThrownBy(() -> state.longs("weights"))
        .hasMessage("'weights' must be Longs of the state, but was Floats; it has [weights]");
  }

  @Test
  void takesEachNameOnceAndNoNegativeEpoch() {
    assertThatThrownBy(() -> TrainingState.after(1).floats("w", 1).longs("w", 1))
        .hasMessage("'w' must be added once, but was twice");
    assertThatThrownBy(() -> TrainingState.after(-1).build())
        .hasMessage("epochsDone must be >= 0, but was -1");
  }
}
