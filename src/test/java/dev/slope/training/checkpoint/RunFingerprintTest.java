package dev.slope.training.checkpoint;

import static dev.slope.training.checkpoint.CheckpointFixtures.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFingerprintTest {
  @Test
  void leavesOutWhatDecidesNothingOrMayGrow() {
    RunFingerprint fingerprint =
        RunFingerprint.ofConfig(
            Map.ofEntries(
                Map.entry("/name", "line"),
                Map.entry("/seed", "7"),
                Map.entry("/report/plots", "true"),
                Map.entry("/reporter", "a key that only starts alike"),
                Map.entry("/export/directory", "models"),
                Map.entry("/expect/rmse/max", "1"),
                Map.entry("/data/train/path", "a.csv"),
                Map.entry("/data/train/delimiter", ";"),
                Map.entry("/training/epochs", "100"),
                Map.entry("/training/device", "auto"),
                Map.entry("/training/plan", "auto"),
                Map.entry("/training/checkpoint/keep", "2"),
                Map.entry("/training/stop/max_seconds", "60"),
                Map.entry("/training/stop/patience", "3")));

    assertThat(fingerprint.values())
        .containsOnlyKeys("/seed", "/reporter", "/data/train/delimiter", "/training/stop/patience");
  }

  @Test
  void namesEveryDifference() {
    RunFingerprint earlier = fingerprint("/model/l1", "0.1", "/seed", "7", "device", "cpu");
    RunFingerprint now =
        fingerprint("/seed", "8", "device", "cpu").and(Map.of("data sha256", "ab"));

    assertThat(now.differencesFrom(earlier))
        .containsExactly(
            "/model/l1 was 0.1 and is absent",
            "/seed was 7 and is 8",
            "data sha256 was absent and is ab");
    assertThat(now.differencesFrom(now)).isEmpty();
  }
}
