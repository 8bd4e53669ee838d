package dev.slope.training;

import java.util.List;

/** From the device that a config asks for to one that is there. */
final class DeviceSelection {
  private DeviceSelection() {}

  /**
   * The device of a training; looks for GPUs only where one may be used.
   *
   * @param requested {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @throws DeviceException where a GPU is asked for and isn't there
   */
  static Device select(String requested) {
    return requested.equals("cpu") ? Device.CPU : select(requested, Hardware.detect());
  }

  /**
   * The device of a training with a plan.
   *
   * @throws DeviceException where a GPU is asked for and isn't there, or the plan has none
   */
  static Device select(String requested, Plan plan) {
    if (plan != Plan.SPARSE) {
      return select(requested);
    }
    if (!requested.equals("auto") && !requested.equals("cpu")) {
      throw new DeviceException(
          ("/training/device must be 'cpu' or 'auto' for the plan 'sparse', but was '%s': its steps"
                  + " are small and write in one order, which a GPU does not")
              .formatted(requested));
    }
    return Device.CPU;
  }

  static Device select(String requested, Hardware hardware) {
    List<Integer> gpus = hardware.gpus();
    if (requested.equals("cpu")) {
      return Device.CPU;
    }
    if (requested.equals("auto")) {
      return gpus.isEmpty() ? Device.CPU : Device.gpu(gpus.get(0));
    }
    if (gpus.isEmpty()) {
      throw new DeviceException(
          "/training/device must be 'cpu' or 'auto' here, but was '%s': %s"
              .formatted(requested, whyNone(hardware)));
    }
    if (requested.equals("gpu")) {
      return Device.gpu(gpus.get(0));
    }
    String index = requested.substring("gpu:".length());
    for (int gpu : gpus) {
      if (index.equals(Integer.toString(gpu))) {
        return Device.gpu(gpu);
      }
    }
    throw new DeviceException(
        "/training/device must be 'gpu:0' to 'gpu:%d' (TensorFlow sees %d), but was '%s'"
            .formatted(gpus.size() - 1, gpus.size(), requested));
  }

  private static String whyNone(Hardware hardware) {
    if (!hardware.gpuNatives()) {
      return "the TensorFlow natives on the class path are the CPU build; build with 'mvn -Pgpu"
          + " package' (Linux x86_64)";
    }
    if (!hardware.driver()) {
      return "no NVIDIA driver was found (no /proc/driver/nvidia and no libcuda.so.1); install the"
          + " driver, or start the container with its GPUs";
    }
    if (hardware.visibleDevices() != null) {
      return "TensorFlow sees no GPU, and CUDA_VISIBLE_DEVICES is '%s'; unset it or name a GPU"
          .formatted(hardware.visibleDevices());
    }
    return "there is an NVIDIA driver, but TensorFlow sees no GPU; check 'nvidia-smi', and that the"
        + " CUDA libraries are found (run with --verbose for TensorFlow's own log)";
  }
}
