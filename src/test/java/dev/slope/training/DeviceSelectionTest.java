package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceSelectionTest {
  private static final Hardware TWO_GPUS = new Hardware(true, true, null, List.of(0, 1));

  @Test
  void takesWhatIsThere() {
    assertThat(DeviceSelection.select("auto", TWO_GPUS).label()).isEqualTo("gpu:0");
    assertThat(DeviceSelection.select("gpu", TWO_GPUS).label()).isEqualTo("gpu:0");
    assertThat(DeviceSelection.select("gpu:1", TWO_GPUS).label()).isEqualTo("gpu:1");
    assertThat(DeviceSelection.select("cpu", TWO_GPUS).label()).isEqualTo("cpu");
    assertThat(DeviceSelection.select("auto", new Hardware(false, true, null, List.of())).label())
        .isEqualTo("cpu");
  }

  @Test
  void aGpuBeyondTheLastNamesTheCount() {
    assertThatThrownBy(() -> DeviceSelection.select("gpu:2", TWO_GPUS))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "/training/device must be 'gpu:0' to 'gpu:1' (TensorFlow sees 2), but was 'gpu:2'");
  }

  @Test
  void noGpuSaysWhy() {
    assertWhy(new Hardware(false, true, null, List.of()), "CPU build; build with 'mvn -Pgpu");
    assertWhy(new Hardware(true, false, null, List.of()), "no NVIDIA driver was found");
    assertWhy(new Hardware(true, true, "", List.of()), "CUDA_VISIBLE_DEVICES is ''; unset it");
    assertWhy(new Hardware(true, true, null, List.of()), "TensorFlow sees no GPU; check");
  }

  private static void assertWhy(Hardware hardware, String reason) {
    assertThatThrownBy(() -> DeviceSelection.select("gpu", hardware))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("/training/device must be 'cpu' or 'auto' here, but was 'gpu': ")
        .hasMessageContaining(reason);
  }

  @Test
  void theNativeListHasTheCpu() {
    assertThat(Hardware.deviceNames()).contains("/job:localhost/replica:0/task:0/device:CPU:0");
  }
}
